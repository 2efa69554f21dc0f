import type { ReactNode } from 'react';
import { milliseconds, percent } from '@loadstair/analysis';
import { Heads, left } from '../shell/heads.tsx';
import { NOT_TRACED, type Waterfall } from './waterfall.ts';

/** Parts of the path that are shown; the rest is little. */
const SHOWN = 6;

/** What the request was waited for, the longest first. */
export function PathTable({ waterfall: { path } }: { readonly waterfall: Waterfall }): ReactNode {
  const all = path.reduce((sum, { ms }) => sum + ms, 0);
  const rest = path.slice(SHOWN);
  const restMs = rest.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <section>
      <h2>Critical path</h2>
      <div className="scroll" tabIndex={0}>
        <table className="path">
          <Heads columns={['waited for', left('host'), 'ms', 'share']} />
          <tbody>
            {path.slice(0, SHOWN).map(({ name, host, ms }) => (
              <tr key={`${name} ${host}`}>
                <th scope="row">{name}</th>
                <td className="left">{host}</td>
                <td>{milliseconds(ms)}</td>
                <td>{percent(ms / all)}</td>
              </tr>
            ))}
            {rest.length === 0 ? null : (
              <tr>
                <th scope="row">{rest.length} others</th>
                <td className="left">–</td>
                <td>{milliseconds(restMs)}</td>
                <td>{percent(restMs / all)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      <p className="muted">
        Had one of these been shorter, the request would have ended sooner. “{NOT_TRACED}”: nothing says what was done, for example a wait
        for a connection or for the CPU.
      </p>
    </section>
  );
}

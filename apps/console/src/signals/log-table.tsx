import type { ReactNode } from 'react';
import type { LogLine } from '@loadstair/runs';
import { Link } from 'wouter';
import { Heads, left } from '../shell/heads.tsx';

/** Lines of logs with their host, and the way to their trace. */
export function LogTable({ id, lines }: { readonly id: string; readonly lines: readonly LogLine[] }): ReactNode {
  return (
    <div className="scroll" tabIndex={0}>
      <table>
        <Heads columns={['time (UTC)', left('host'), left('level'), left('line'), left('trace')]} />
        <tbody>
          {lines.map((line, index) => (
            <tr key={index}>
              <td>{new Date(line.atMs).toISOString().slice(11, 23)}</td>
              <td className="left">{line.host}</td>
              <td className="left">{line.level}</td>
              <td className="left wrap">
                <details>
                  <summary>{line.text}</summary>
                  <dl className="fields">
                    {Object.entries(line.fields).map(([name, value]) => (
                      <div key={name}>
                        <dt>{name}</dt>
                        <dd>{value}</dd>
                      </div>
                    ))}
                  </dl>
                  <code>{line.whole}</code>
                </details>
              </td>
              <td className="left">
                {line.trace === null ? '–' : <Link href={`/runs/${id}/logs?trace=${line.trace}`}>{line.trace.slice(0, 8)}</Link>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import type { ReactNode } from 'react';
import type { GameRanking } from '@loadstair/labs';
import { minutes } from '../live/live-words.ts';
import { Heads, left } from '../shell/heads.tsx';

/** Gamedays of a class: the quickest to name the cause first. */
export function Games({ games }: { readonly games: readonly GameRanking[] }): ReactNode {
  return games.map(({ code, stage, level, same, rows }) => (
    <section key={`${code} ${stage} ${level}`}>
      <h2>
        Gameday {code}: stage {stage}, level {level}
      </h2>
      {same ? null : <p>! Not everybody had the same version of Loadstair, so their broken sites and causes may differ.</p>}
      <div className="scroll" tabIndex={0} role="region" aria-label={`Gameday ${code}, stage ${stage}, level ${level}`}>
        <table>
          <Heads columns={['', 'learner', 'named after', 'tries', 'mended after'].map((words) => left(words))} />
          <tbody>
            {rows.map((row, index) => (
              <tr key={row.id}>
                <td>{index + 1}</td>
                <th scope="row">{row.learner}</th>
                <td>{row.namedAfterS === null ? (row.gaveUp ? 'given up' : '–') : minutes(row.namedAfterS)}</td>
                <td>{row.tries}</td>
                <td>{row.mendedAfterS === null ? '–' : minutes(row.mendedAfterS)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  ));
}

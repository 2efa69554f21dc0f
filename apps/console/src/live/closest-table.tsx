import { useState, type ReactNode } from 'react';
import { percent, rate, rateWithInterval, resourceWord } from '@loadstair/analysis';
import { heatClass } from '@loadstair/report-view';
import { Term } from '../shell/term.tsx';
import { closestRows } from './closest-rows.ts';
import type { LiveState } from '@loadstair/runs/live-state';

const ROWS = 3;

/** Limits by where they would run out, with what is used of them now and was at the end of each step. */
export function ClosestTable({ run }: { readonly run: LiveState }): ReactNode {
  const [all, setAll] = useState(false);
  const rows = closestRows(run);
  if (rows.length === 0) return <p className="placeholder">The first numbers come when load begins.</p>;
  const shown = all ? rows : rows.slice(0, ROWS);
  return (
    <>
      <div className="scroll" tabIndex={0}>
        <table className="strip" aria-live="off">
          <thead>
            <tr>
              <th scope="col">offered, /s</th>
              {run.steps.map(({ event }) => (
                <th scope="col" key={event.step}>
                  {event.holds ? '' : '○ '}
                  {rate(event.offered)}
                </th>
              ))}
              <th scope="col">now</th>
              <th scope="col">
                <Term>would run out at</Term>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={`${row.host} ${row.kind}`}>
                <th scope="row">
                  {row.host} {resourceWord(row.kind)}
                </th>
                {row.bySteps.map((busy, index) => (
                  <td key={index} className={busy === null ? 'cell' : `cell h${heatClass(busy)}`}>
                    {busy === null ? '–' : Math.round(busy * 100)}
                  </td>
                ))}
                <td className={`cell h${heatClass(row.now)}`}>{percent(row.now)}</td>
                <td>{row.runsOut === null ? '–' : `≈ ${rateWithInterval(row.runsOut.load, row.runsOut.interval)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > ROWS ? (
        <button type="button" className="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show the closest three' : `Show all ${rows.length}`}
        </button>
      ) : null}
    </>
  );
}

import type { ReactNode } from 'react';
import type { HealthAnswer, MendableTool } from '@loadstair/lab-api';
import { useReading } from '../lab/use-reading.ts';
import { Alerts } from './alerts.tsx';
import { useStatus } from '../shell/lab-status.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Heads, left } from '../shell/heads.tsx';

/** What this machine has and what is missing, the missing first. */
export function HealthPage(): ReactNode {
  useTitle('Health');
  const status = useStatus();
  const { reading, again } = useReading('GET /api/health', []);
  return (
    <>
      <div className="headline">
        <h1>Health of this machine</h1>
        <button type="button" onClick={again}>
          Check again
        </button>
      </div>
      {'answer' in status ? (
        <p className="run-header">
          {status.answer.machine} · instance {status.answer.instance} ·{' '}
          {status.answer.run === null ? 'nothing is measured now' : `run ${status.answer.run} is in progress`}
        </p>
      ) : null}
      {reading.state === 'loading' ? <Loading what="programs and rights" /> : null}
      {reading.state === 'failed' ? <Failed failure={reading.failure} /> : null}
      {'answer' in reading ? <Findings health={reading.answer} /> : null}
      <Alerts />
    </>
  );
}

interface Row {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'missing';
  readonly found: string;
  readonly mend: string | null;
}

function Findings({ health }: { readonly health: HealthAnswer }): ReactNode {
  const rows = [...health.rights, ...health.tools.map((tool) => toolRow(tool, health.missing))].toSorted((a, b) => urgency(a) - urgency(b));
  return (
    <>
      <p>{health.missing.length === 0 ? 'Ready for every stage.' : `Missing: ${health.missing.join(', ')}.`}</p>
      <div className="scroll" tabIndex={0}>
        <table>
          <Heads columns={['what', left('found')]} />
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">
                  <span className={row.state === 'ok' ? 'pass' : ''}>{{ ok: '✓', warn: '!', missing: '✕' }[row.state]}</span> {row.name}
                </th>
                <td className="left wrap">
                  {row.found}
                  {row.mend === null ? null : <code className="mend">{row.mend}</code>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function toolRow({ report, neededBy, mend }: MendableTool, missing: readonly string[]): Row {
  const state = report.state === 'found' ? 'ok' : missing.includes(report.name) ? 'missing' : 'warn';
  const found =
    report.state === 'found'
      ? `${report.version}, ${report.from}`
      : report.state === 'missing'
        ? `not found; needed by ${neededBy}`
        : `${report.version} is too old, ${report.wanted} is needed by ${neededBy}`;
  return { name: report.name, state, found, mend: report.state === 'found' ? null : mend };
}

function urgency({ state }: Row): number {
  return { missing: 0, warn: 1, ok: 2 }[state];
}

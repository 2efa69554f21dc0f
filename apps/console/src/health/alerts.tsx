import type { ReactNode } from 'react';
import type { Alert } from '@loadstair/lab-api';
import { useReading } from '../lab/use-reading.ts';
import { minutes } from '../live/live-words.ts';
import { Heads, left } from '../shell/heads.tsx';
import { Failed } from '../shell/states.tsx';

/** Rules are evaluated this often. */
const EVERY_MS = 5000;
const MARKS: Readonly<Record<Alert['state'], string>> = { firing: '▲', pending: '…', inactive: '✓' };

/** What Prometheus' alerting rules hold for on the site that is up, and what to do about it. */
export function Alerts(): ReactNode {
  const { reading } = useReading('GET /api/alerts', [], EVERY_MS);
  const alerts = 'answer' in reading ? reading.answer.alerts : [];
  return (
    <section id="alerts">
      <h2>Alerts</h2>
      {reading.state === 'failed' ? <Failed failure={reading.failure} /> : null}
      {alerts === null ? <p>Alerts are evaluated only while a site is up. No site is up now.</p> : <AlertTable alerts={alerts} />}
    </section>
  );
}

function AlertTable({ alerts }: { readonly alerts: readonly Alert[] }): ReactNode {
  if (alerts.length === 0) return null;
  const now = Date.now();
  const holding = alerts.filter(({ state }) => state !== 'inactive').length;
  return (
    <>
      <p>
        {holding === 0 ? `No alert is active (${alerts.length} rules).` : `${holding} ${holding === 1 ? 'alert is' : 'alerts are'} active.`}{' '}
        An alert is pending when its condition is met. It fires when the condition has been met for as long as its rule demands.
      </p>
      <div className="scroll" tabIndex={0}>
        <table>
          <Heads columns={['alert', left('state'), left('what it says'), left('what to do')]} />
          <tbody>
            {alerts.map(({ rule, state, sinceMs, summary, do: advice }) => (
              <tr key={`${rule} ${summary}`}>
                <th scope="row">
                  <span className={state === 'firing' ? 'limit' : state === 'inactive' ? 'pass' : ''}>{MARKS[state]}</span> {rule}
                </th>
                <td className="left">
                  {state}
                  {sinceMs === null ? '' : ` for ${minutes((now - sinceMs) / 1000)}`}
                </td>
                <td className="left wrap">{summary}</td>
                <td className="left wrap">{state === 'inactive' ? '–' : advice}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

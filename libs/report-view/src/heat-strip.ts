import { loadSteps, rate, rateWithInterval, resourceTable, resourceWord, type RunData, type Verdict } from '@loadstair/analysis';
import { html, type Html } from './html.ts';

const STRIP_ROWS = 8;
const HEAT = [0.25, 0.5, 0.75, 0.92] as const;

/** What runs out, in order: use of each limit by step, the lowest projected saturation first. */
export function heatStrip(run: RunData, verdict: Verdict): Html {
  const rows = resourceTable(run).filter((row) => row.saturation !== null);
  const later = rows.length - STRIP_ROWS;
  const steps = loadSteps(run);
  // One host may be named alone, and its peers idle.
  const isNamed = (host: string, kind: string): boolean =>
    verdict.kind === 'named' && [verdict, ...verdict.with].some((one) => one.hosts.includes(host) && one.resource === kind);
  return html`<div class="scroll" tabindex="0">
      <table class="strip">
        <tr>
          <th>offered, /s</th>
          ${steps.map((step) => html`<th>${rate(step.offered)}</th>`)}
          <th>runs out at</th>
        </tr>
        ${rows.slice(0, STRIP_ROWS).map((row) => {
          const named = isNamed(row.resource.host, row.resource.kind);
          const first = row.busy.findIndex((busy) => busy !== null && heatClass(busy) === HEAT.length);
          return html`<tr class="${named ? 'named' : ''}">
            <td>${named ? html`<span class="limit">▲</span> ` : null}${row.resource.host} ${resourceWord(row.resource.kind)}</td>
            ${row.busy.map((busy, step) => (busy === null ? html`<td class="cell">–</td>` : html`<td class="cell h${heatClass(busy)}${step === first ? ' first' : ''}">${Math.round(busy * 100)}</td>`))}
            <td>
              ${row.waitsOn !== null ? `waits on ${row.waitsOn}` : row.saturation === null || row.interval === null ? '–' : rateWithInterval(row.saturation, row.interval)}
            </td>
          </tr>`;
        })}
      </table>
    </div>
    ${later > 0 ? html`<p>${later} more would run out at higher loads.</p>` : null}`;
}

/** Class of a use of a limit: 0 below a quarter, 4 at the limit. */
export function heatClass(busy: number): number {
  const index = HEAT.findIndex((limit) => busy < limit);
  return index === -1 ? HEAT.length : index;
}

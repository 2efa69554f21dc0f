import { rate, rateWithInterval, milliseconds, sloText, utcMinute } from '@loadstair/analysis';
import { comparisonText, html, latencyOverlay, staircase, transitionNotes, type Html } from '@loadstair/report-view';
import type { ComparisonRecord, PricedArm } from '../comparison/comparison-store.ts';
import { page } from './page.ts';

/** A comparison as one HTML file: the staircase, the table, the words. */
export function renderComparison(record: ComparisonRecord): string {
  const { arms } = record;
  const title = `Compared: ${arms.map((arm) => arm.label).join(' · ')}`;
  const bar = [`Loadstair · ${record.profile} · ${sloText(record.slo)}`, `${record.id} · ${utcMinute(record.madeAt)}`] as const;
  const content = html` <h1>${sentence(record)}</h1>
    <figure>${staircase(record)}</figure>
    <div class="scroll" tabindex="0">
      <table>
        <tr>
          <th>variant</th>
          <th>capacity</th>
          <th>runs</th>
          <th class="left">limited by</th>
          <th>next at</th>
          <th>p95 at 70 %</th>
          <th>lab CPUs</th>
          <th>${record.prices.currency} a month per 100 arrivals/s</th>
        </tr>
        ${arms.map(armRow)}
      </table>
    </div>
    <h2>Latency against load</h2>
    <figure>${latencyOverlay(arms, record.slo, arms.at(-1)?.label ?? null, 'share')}</figure>
    <h2>Is the difference real?</h2>
    <ul>
      ${record.againstPrevious.map((one, index) => html`<li>${arms[index]?.label ?? ''} → ${arms[index + 1]?.label ?? ''}: ${comparisonText(one)}${transitionNotes(one, record.slo).map((note) => html`<br />${note}`)}</li>`)}
    </ul>
    ${record.sameTwice === null || record.sameTwice.splits === 0 ? null : html`<p>Check against false alarms: ${record.sameTwice.wrong} of ${record.sameTwice.splits} ways to split the runs of one variant would have been called a difference.</p>`}
    <p>
      Each run counts once, however many requests it has. Intervals are 95 % intervals from the spread of the runs, unless another level is
      given. “Better” and “worse” need a difference of at least 5 %. Prices as of ${record.prices.date}.
    </p>`;
  return page(title, bar, content);
}

function sentence({ arms, againstFirst }: ComparisonRecord): string {
  const last = againstFirst.at(-1);
  return last === undefined || arms.length < 2
    ? (arms[0]?.label ?? '')
    : `${arms.at(-1)?.label ?? ''} against ${arms[0]?.label ?? ''}: ${comparisonText(last)}.`;
}

function armRow(arm: PricedArm): Html {
  const { estimate } = arm;
  return html`<tr>
    <td>${arm.label}</td>
    <td>
      ${estimate === null ? '–' : estimate.interval === null ? `${rate(estimate.load)}/s` : rateWithInterval(estimate.load, estimate.interval)}
    </td>
    <td>${arm.runs.length}</td>
    <td class="left wrap">${arm.limitedBy}</td>
    <td>${arm.nextAt === null ? '–' : `${rate(arm.nextAt)}/s`}</td>
    <td>${arm.p95At70 === null ? '–' : `${milliseconds(arm.p95At70.ms)} ms (n ${arm.p95At70.requests.toLocaleString('en')})`}</td>
    <td>${arm.labCpus}</td>
    <td>${estimate === null ? '–' : ((arm.pricePerMonth / estimate.load) * 100).toFixed(2)}</td>
  </tr>`;
}

import { moduleOf } from '@loadstair/resources';
import { loadSteps, merge, milliseconds, percent, quantile, rate, resourceWord, stepSummaries, type RunData } from '@loadstair/analysis';
import { useChart } from './charts.ts';
import { html, type Html } from './html.ts';
import { asTable } from './plain-table.ts';

/** Use of every CPU, pool and slots over the run. */
export function useOverTime(run: RunData): Html {
  const shown = run.resources.filter(({ kind }) => moduleOf(kind).prominence === 'first');
  const steps = loadSteps(run);
  return html`<div class="small">
      ${shown.map(
        (resource) =>
          html`<figure>
            <h3>${resource.host} ${resourceWord(resource.kind)}, % of its limit</h3>
            ${useChart(run, resource.id)}
          </figure>`,
      )}
    </div>
    ${asTable(
      ['offered /s', ...steps.map((step) => rate(step.offered))],
      shown.map(({ id, host, kind }) => [
        `${host} ${resourceWord(kind)}, %`,
        ...steps.map(({ use }) => {
          const busy = use.find(({ resource }) => resource === id)?.busy;
          return busy === undefined ? '–' : String(Math.round(100 * busy));
        }),
      ]),
    )}`;
}

export function stepsTable(run: RunData): Html {
  const steps = stepSummaries(run);
  // Where nothing was stale, a column of noughts would say nothing.
  const unfinished = steps.some((step) => step.unfinished !== null);
  const stale = steps.some((step) => (step.stale ?? 0) > 0);
  return html`<div class="scroll" tabindex="0">
    <table>
      <tr>
        <th>step</th>
        <th>offered /s</th>
        <th>achieved /s</th>
        <th>p50 ms</th>
        <th>p95 ms</th>
        <th>n</th>
        <th>failed</th>
        ${stale ? html`<th>stale</th>` : null} ${unfinished ? html`<th>unfinished</th>` : null}
        <th>late p99 ms</th>
        <th>never began</th>
        <th class="left">SLO</th>
      </tr>
      ${steps.map(
        (step) =>
          html`<tr>
            <td>${step.kind === 'load' ? step.index : step.kind}</td>
            <td>${rate(step.offered)}</td>
            <td>${rate(step.achieved)}</td>
            <td>${step.p50Ms === null ? '–' : milliseconds(step.p50Ms)}</td>
            <td>${step.p95Ms === null ? '–' : milliseconds(step.p95Ms)}</td>
            <td>${step.requests.toLocaleString('en')}</td>
            <td>${step.failed === 0 ? '0' : percent(step.failedShare)}</td>
            ${stale ? html`<td>${step.stale ?? '–'}</td>` : null}
            ${unfinished ? html`<td>${step.unfinished?.toFixed(0) ?? '–'}</td>` : null}
            <td>${milliseconds(step.lateP99Ms)}</td>
            <td>${step.dropped}</td>
            <td class="left">${step.kind === 'idle' ? '–' : step.holds ? '● met' : '○ missed'}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}

/** Kinds of request. */
export function classesTable(run: RunData): Html {
  const needed = Math.ceil(30 / (1 - run.profile.slo.quantile));
  const steps = loadSteps(run);
  const names = [...new Set(steps.flatMap((step) => step.load.byClass.map((one) => one.name)))];
  return html`<div class="scroll" tabindex="0">
    <table>
      <tr>
        <th>request</th>
        <th>n</th>
        <th>failed</th>
        <th>p50 ms</th>
        <th>p95 ms</th>
      </tr>
      ${names.map((name) => {
        const own = steps.flatMap((step) => step.load.byClass.filter((one) => one.name === name));
        const all = merge(own.map((one) => one.latency));
        const p50 = quantile(all, 0.5);
        const p95 = quantile(all, 0.95);
        return html`<tr>
          <td>${name}</td>
          <td>${all.count.toLocaleString('en')}</td>
          <td>${own.reduce((sum, one) => sum + one.failed, 0)}</td>
          <td>${p50 === null ? '–' : milliseconds(p50)}</td>
          <td>${all.count < needed ? `needs ${needed} requests, has ${all.count}` : p95 === null ? '–' : milliseconds(p95)}</td>
        </tr>`;
      })}
    </table>
  </div>`;
}

/** By region: how soon its users were answered, and where their files came from; nothing where users have no regions. */
export function regionsTable(run: RunData): Html | null {
  const all = loadSteps(run).flatMap((step) => step.load.byRegion ?? []);
  const names = [...new Set(all.map(({ region }) => region))];
  if (names.length === 0) return null;
  const share = (part: number, whole: number): string => (whole === 0 ? '–' : percent(part / whole));
  return html`<div class="scroll" tabindex="0">
    <table>
      <tr>
        <th>region</th>
        <th>n</th>
        <th>p50 ms</th>
        <th>p95 ms</th>
        <th>files</th>
        <th>edge had</th>
        <th>edge fetched</th>
        <th>site</th>
        <th>no edge</th>
        <th>file p50 ms</th>
      </tr>
      ${names.map((region) => {
        const own = all.filter((one) => one.region === region);
        const latency = merge(own.map((one) => one.latency));
        const fileLatency = merge(own.map((one) => one.fileLatency));
        const sum = (via: keyof (typeof own)[number]['files']): number => own.reduce((total, one) => total + one.files[via], 0);
        const time = (ms: number | null): string => (ms === null ? '–' : milliseconds(ms));
        return html`<tr>
          <td>${region}</td>
          <td>${latency.count.toLocaleString('en')}</td>
          <td>${time(quantile(latency, 0.5))}</td>
          <td>${time(quantile(latency, 0.95))}</td>
          <td>${fileLatency.count.toLocaleString('en')}</td>
          <td>${share(sum('hit'), fileLatency.count)}</td>
          <td>${share(sum('miss'), fileLatency.count)}</td>
          <td>${share(sum('origin'), fileLatency.count)}</td>
          <td>${share(sum('fallback'), fileLatency.count)}</td>
          <td>${time(quantile(fileLatency, 0.5))}</td>
        </tr>`;
      })}
    </table>
  </div>`;
}

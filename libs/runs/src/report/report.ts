import {
  componentWord,
  gate,
  merge,
  milliseconds,
  percent,
  quantile,
  rate,
  rateWithInterval,
  resourceTable,
  resourceWord,
  stepSummaries,
  verdictText,
  capacityLines,
  resourceName,
  type Confirmation,
  loadSteps,
  type RunData,
  type Verdict,
} from '@loadstair/analysis';
import type { Manifest } from '../manifest.ts';
import type { RunEvent, SearchOutcome } from '../events.ts';
import { onsetChart, useChart } from './charts.ts';
import { html, type Html } from './html.ts';
import { minuteOf, page } from './page.ts';

export interface ReportInput {
  readonly manifest: Manifest;
  readonly runData: RunData;
  readonly verdict: Verdict;
  readonly events: readonly RunEvent[];
  readonly search: SearchOutcome | null;
  readonly confirmation: Confirmation | null;
}

const STRIP_ROWS = 8;
const HEAT = [0.25, 0.5, 0.75, 0.92] as const;

/** A run as one HTML file: no script, no network, the verdict first. */
export function renderReport({ manifest, runData, verdict, events, search, confirmation }: ReportInput): string {
  const text = verdictText(verdict, runData, confirmation);
  const title = `${text.mark} ${text.sentence} · run ${manifest.run}`;
  const bar = [
    `Loadstair · ${manifest.stage} ${manifest.slug} · profile ${manifest.profile} · seed ${manifest.seed}`,
    `run ${manifest.run} · ${minuteOf(manifest.startedAt)}`,
  ] as const;
  const content = html` <section class="verdict ${verdict.kind}">
      <h1><span class="mark">${text.mark}</span> ${text.sentence}</h1>
      <dl class="rows">
        ${text.rows.map(
          ([label, row]) =>
            html`<dt>${label}</dt>
              <dd>${row}</dd>`,
        )}
      </dl>
    </section>
    ${verdict.kind === 'refused' ? trust(runData, true) : null}
    <div class="two">
      <section>
        <h2 id="keeps-up">Does it keep up?</h2>
        <figure>
          ${onsetChart(runData)}
          <figcaption>${keepsUp(runData)}</figcaption>
        </figure>
      </section>
      <section>
        <h2 id="evidence">${verdict.kind === 'refused' ? 'What was measured' : 'Evidence'}</h2>
        ${evidence(verdict)}${split(runData, verdict)}
      </section>
    </div>
    ${capacitySection(search, runData, verdict)}
    <h2 id="runs-out">What runs out, in order</h2>
    ${strip(runData, verdict)}
    <h2>Use of every resource over the run</h2>
    ${small(runData)}
    <details open id="steps">
      <summary>Steps</summary>
      ${stepsTable(runData)}
    </details>
    <details>
      <summary>Kinds of request</summary>
      ${classesTable(runData)}
    </details>
    ${verdict.kind === 'refused' ? null : trust(runData, false)}
    <details>
      <summary>What watching cost</summary>
      ${observer(runData)}
    </details>
    <details>
      <summary>What happened</summary>
      ${incidents(runData, events)}
    </details>
    <details>
      <summary>Manifest</summary>
      <p>Repeat it with <code>${manifest.command}</code></p>
      <pre>${JSON.stringify(manifest, null, 2)}</pre>
    </details>`;
  return page(title, bar, content);
}

/** What a search found, as the terminal says it. */
function capacitySection(search: SearchOutcome | null, run: RunData, verdict: Verdict): Html | null {
  if (search === null || verdict.kind === 'refused') return null;
  if (search.kind === 'none')
    return html`<h2>Capacity</h2>
      <p>Not found: ${search.reason}.</p>`;
  const by = verdict.kind === 'named' ? resourceName(verdict) : verdict.kind.replaceAll('-', ' ');
  const [sentence = '', ...rows] = capacityLines(search.capacity, run, by);
  return html`<h2>${sentence}</h2>
    <p>${rows.map((row) => html`${row.trim()}<br />`)}</p>`;
}

function keepsUp(run: RunData): string {
  const steps = stepSummaries(run).filter((step) => step.kind === 'load');
  const held = steps.filter((step) => step.holds);
  const best = held.at(-1);
  return `${held.length} of ${steps.length} steps held p95 ≤ ${run.profile.slo.latencyMs} ms and at most ${percent(run.profile.slo.errorShare)} failed requests${best === undefined ? '' : `; the highest of them at ${rate(best.offered)}/s`}.`;
}

function evidence(verdict: Verdict): Html {
  if (verdict.kind === 'refused') {
    return html`<table>
      <tr>
        <th>check</th>
        <th class="left">measured</th>
        <th class="left">allowed</th>
      </tr>
      ${verdict.checks.map(
        (check) =>
          html`<tr>
            <td>${check.code}</td>
            <td class="left wrap">${check.measured}</td>
            <td class="left wrap">${check.allowed}</td>
          </tr>`,
      )}
    </table>`;
  }
  const against = verdict.evidence.filter((one) => !one.for).map((one) => one.text);
  // What is explained away stands as evidence against already.
  const out = verdict.kind === 'none-in-range' ? [] : verdict.ruledOut.filter((one) => !against.some((text) => text.endsWith(one.reason)));
  return html`<table>
    ${verdict.evidence.map(
      (one) =>
        html`<tr>
          <td>${one.for ? 'for' : 'against'}</td>
          <td class="left wrap">
            ${one.text}${
              one.query === null
                ? null
                : html`<details>
                    <summary>query</summary>
                    <code>${one.query}</code>
                  </details>`
            }
          </td>
        </tr>`,
    )}
    ${out.map(
      (one) =>
        html`<tr>
          <td>ruled out</td>
          <td class="left wrap">${one.tier} ${resourceWord(one.resource)}: ${one.reason}</td>
        </tr>`,
    )}
  </table>`;
}

/** How a shared host's CPU splits. */
function split(_run: RunData, verdict: Verdict): Html | null {
  if (verdict.kind !== 'named' || verdict.shares === null) return null;
  const parts = Object.entries(verdict.shares).sort(([, a], [, b]) => b - a);
  return html`<h2>Who uses ${verdict.hosts[0] ?? ''}’s CPU</h2>
    <div class="split">
      ${parts.map(([component, share], index) => html`<span class="h${index === 0 ? 3 : 1}" style="width:${(share * 100).toFixed(1)}%">${componentWord(component)} ${percent(share)}</span>`)}
    </div>`;
}

function strip(run: RunData, verdict: Verdict): Html {
  const rows = resourceTable(run).filter((row) => row.saturation !== null);
  const steps = loadSteps(run);
  const isNamed = (tier: string, kind: string): boolean =>
    verdict.kind === 'named' && [verdict, ...verdict.with].some((one) => one.tier === tier && one.resource === kind);
  return html`<div class="scroll">
      <table class="strip">
        <tr>
          <th>offered, /s</th>
          ${steps.map((step) => html`<th>${rate(step.offered)}</th>`)}
          <th>runs out at</th>
        </tr>
        ${rows.slice(0, STRIP_ROWS).map((row) => {
          const named = isNamed(row.resource.tier, row.resource.kind);
          return html`<tr class="${named ? 'named' : ''}">
            <td>${named ? html`<span class="limit">▲</span> ` : null}${row.resource.host} ${resourceWord(row.resource.kind)}</td>
            ${row.busy.map((busy) => (busy === null ? html`<td class="cell">–</td>` : html`<td class="cell h${heatClass(busy)}">${Math.round(busy * 100)}</td>`))}
            <td>
              ${row.waitsOn !== null ? `waits on ${row.waitsOn}` : row.saturation === null || row.interval === null ? '–' : rateWithInterval(row.saturation, row.interval)}
            </td>
          </tr>`;
        })}
      </table>
    </div>
    ${rows.length > STRIP_ROWS ? html`<p>${rows.length - STRIP_ROWS} more run out later.</p>` : null}`;
}

function heatClass(busy: number): number {
  const index = HEAT.findIndex((limit) => busy < limit);
  return index === -1 ? HEAT.length : index;
}

function small(run: RunData): Html {
  const shown = run.resources.filter((resource) => resource.kind === 'cpu' || resource.kind === 'pool' || resource.kind === 'slots');
  return html`<div class="small">
    ${shown.map(
      (resource) =>
        html`<figure>
          <h3>${resource.host} ${resourceWord(resource.kind)}, % of its limit</h3>
          ${useChart(run, resource.id)}
        </figure>`,
    )}
  </div>`;
}

function stepsTable(run: RunData): Html {
  return html`<div class="scroll">
    <table>
      <tr>
        <th>step</th>
        <th>offered /s</th>
        <th>achieved /s</th>
        <th>p50 ms</th>
        <th>p95 ms</th>
        <th>n</th>
        <th>failed</th>
        <th>late p99 ms</th>
        <th>never began</th>
        <th class="left">SLO</th>
      </tr>
      ${stepSummaries(run).map(
        (step) =>
          html`<tr>
            <td>${step.kind === 'load' ? step.index : step.kind}</td>
            <td>${rate(step.offered)}</td>
            <td>${rate(step.achieved)}</td>
            <td>${step.p50Ms === null ? '–' : milliseconds(step.p50Ms)}</td>
            <td>${step.p95Ms === null ? '–' : milliseconds(step.p95Ms)}</td>
            <td>${step.requests.toLocaleString('en')}</td>
            <td>${step.failed === 0 ? '0' : percent(step.failedShare)}</td>
            <td>${milliseconds(step.lateP99Ms)}</td>
            <td>${step.dropped}</td>
            <td class="left">${step.kind === 'idle' ? '–' : step.holds ? '● held' : '○ did not'}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}

function classesTable(run: RunData): Html {
  const needed = Math.ceil(30 / (1 - run.profile.slo.quantile));
  const steps = loadSteps(run);
  const names = [...new Set(steps.flatMap((step) => step.load.byClass.map((one) => one.name)))];
  return html`<div class="scroll">
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

function trust(run: RunData, open: boolean): Html {
  const checks = gate(run);
  const passed = checks.filter((check) => check.outcome !== 'refuse').length;
  const body = html`<div class="scroll">
    <table>
      <tr>
        <th>check</th>
        <th class="left">measured</th>
        <th class="left">allowed</th>
        <th class="left">outcome</th>
      </tr>
      ${checks.map(
        (check) =>
          html`<tr>
            <td>${check.code}</td>
            <td class="left wrap">${check.measured}</td>
            <td class="left wrap">${check.allowed}</td>
            <td class="left">${check.outcome === 'pass' ? '✓' : check.outcome === 'warn' ? 'noted' : '× refuses'}</td>
          </tr>`,
      )}
    </table>
  </div>`;
  return open
    ? html`<h2>Trust ${passed} of ${checks.length}</h2>
        ${body}`
    : html`<details>
        <summary>Trust ${passed} of ${checks.length}</summary>
        ${body}
      </details>`;
}

function observer(run: RunData): Html {
  const { labdCores, prometheusCores } = run.observer;
  return html`<table>
    <tr>
      <th>program</th>
      <th>share of a core</th>
    </tr>
    <tr>
      <td>labd, with its sampler</td>
      <td>${percent(labdCores)}</td>
    </tr>
    <tr>
      <td>Prometheus</td>
      <td>${percent(prometheusCores)}</td>
    </tr>
  </table>`;
}

function incidents(run: RunData, events: readonly RunEvent[]): Html {
  const first = run.steps[0]?.startMs ?? 0;
  const hosts = events.filter((event) => event.type === 'host' && event.kind !== 'starting' && event.atMs >= first);
  if (hosts.length === 0 && run.incidents.length === 0) return html`<p>No host came or went while load ran.</p>`;
  return html`<table>
    ${hosts.map((event) =>
      event.type === 'host'
        ? html`<tr>
            <td>${((event.atMs - first) / 1000).toFixed(0)} s</td>
            <td class="left">${event.host} ${event.kind} ${event.detail}</td>
          </tr>`
        : html``,
    )}
  </table>`;
}

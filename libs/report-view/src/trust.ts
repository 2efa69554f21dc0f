import { gate, percent, type RunData } from '@loadstair/analysis';
import { html, type Html } from './html.ts';

/** Every check of the validity gate; folded unless it is what the reader came for. */
export function trust(run: RunData, open: boolean): Html {
  const checks = gate(run);
  const passed = checks.filter((check) => check.outcome !== 'refuse').length;
  const body = html`<div class="scroll" tabindex="0">
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
    ? html`<h2>Trust checks: ${passed} of ${checks.length} passed</h2>
        ${body}`
    : html`<details>
        <summary>Trust checks: ${passed} of ${checks.length} passed</summary>
        ${body}
      </details>`;
}

/** What watching cost. */
export function observer(run: RunData): Html {
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

/** Something that happened to a host while the run went on. */
export interface HostNote {
  readonly atMs: number;
  readonly host: string;
  readonly kind: string;
  readonly detail: string;
}

/**
 * Hosts that came or went while load ran.
 *
 * @param startMs moment from which their times are told, epoch ms
 */
export function incidents(run: RunData, notes: readonly HostNote[], startMs: number | null = null): Html {
  const first = startMs ?? run.steps[0]?.startMs ?? 0;
  const shown = notes.filter((note) => note.kind !== 'starting' && note.atMs >= first);
  if (shown.length === 0 && run.incidents.length === 0) return html`<p>No host was added, removed or died while load ran.</p>`;
  return html`<table>
    ${shown.map(
      (note) =>
        html`<tr>
          <td>${((note.atMs - first) / 1000).toFixed(0)} s</td>
          <td class="left wrap">${note.host} ${note.kind} ${note.detail}</td>
        </tr>`,
    )}
  </table>`;
}

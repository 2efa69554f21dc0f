import { loadSteps, percent, readsPerWrite, type RunData } from '@loadstair/analysis';
import { html, type Html } from './html.ts';

/** What web servers read from each database host and wrote to it over all steps; nothing of runs from before it was counted. */
export function databasesTable(run: RunData): Html | null {
  const all = loadSteps(run).flatMap((step) => step.databases ?? []);
  if (all.length === 0) return null;
  const hosts = [...new Set(all.map(({ host }) => host))].map((host) => ({
    host,
    reads: sum(all, host, 'reads'),
    writes: sum(all, host, 'writes'),
  }));
  const [reads, writes] = [sum(hosts, null, 'reads'), sum(hosts, null, 'writes')];
  const ratio = readsPerWrite(hosts);
  const share = (part: number, whole: number): string => (whole === 0 ? '–' : percent(part / whole));
  const number = (value: number): string => Math.round(value).toLocaleString('en');
  return html`<div class="scroll" tabindex="0">
      <table>
        <tr>
          <th>database host</th>
          <th>reads</th>
          <th>of all</th>
          <th>writes</th>
          <th>of all</th>
        </tr>
        ${hosts.map(
          (one) =>
            html`<tr>
              <td>${one.host}</td>
              <td>${number(one.reads)}</td>
              <td>${share(one.reads, reads)}</td>
              <td>${number(one.writes)}</td>
              <td>${share(one.writes, writes)}</td>
            </tr>`,
        )}
      </table>
    </div>
    <p>
      ${ratio === null ? 'There were no writes.' : `${ratio.toFixed(1)} reads per write.`} A read or a write is one unit of work on one
      connection, as the web servers count it. Their health checks count as reads.
    </p>`;
}

function sum(
  rows: readonly { readonly host: string; readonly reads: number; readonly writes: number }[],
  host: string | null,
  kind: 'reads' | 'writes',
): number {
  return rows.reduce((all, row) => all + (host === null || row.host === host ? row[kind] : 0), 0);
}

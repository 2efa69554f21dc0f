import type { RunData } from '@loadstair/analysis';
import { failuresTable, html, type Html } from '@loadstair/report-view';

/** Why requests failed, and where log lines of the examples are; nothing where none failed. */
export function failuresSection(run: RunData): Html | null {
  const table = failuresTable(run, null);
  if (table === null) return null;
  return html`<details open id="failures">
    <summary>Why requests failed</summary>
    ${table}
    <p>For the log lines of an example, open this run in <code>./lab console</code> and search its logs for the trace.</p>
  </details>`;
}

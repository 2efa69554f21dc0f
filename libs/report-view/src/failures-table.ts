import { percent, reasonText, type FailedRequests, type RunData } from '@loadstair/analysis';
import { html, type Html } from './html.ts';

/**
 * Why requests failed, by step, reason and host, each with examples; nothing where none failed, or where no reason was kept.
 *
 * @param linkOf where log lines of a trace are shown; null in a file that has no such place
 */
export function failuresTable(run: RunData, linkOf: ((trace: string) => string) | null): Html | null {
  const rows = run.steps.flatMap(({ index, kind, load }) =>
    (load.failures ?? []).map((failed) => ({ step: kind === 'load' ? String(index) : kind, of: load.requests, failed })),
  );
  if (rows.length === 0) return null;
  return html`<div class="scroll" tabindex="0">
    <table>
      <tr>
        <th>step</th>
        <th>failed</th>
        <th>of all</th>
        <th class="left">why</th>
        <th class="left">${linkOf === null ? 'examples, by trace' : 'examples in the logs'}</th>
      </tr>
      ${rows.map(
        ({ step, of, failed }) =>
          html`<tr>
            <td>${step}</td>
            <td>${failed.requests.toLocaleString('en')}</td>
            <td>${percent(failed.requests / of)}</td>
            <td class="left">${reasonText(failed)}</td>
            <td class="left">${examples(failed, linkOf)}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}

function examples({ examples: shown = [] }: FailedRequests, linkOf: ((trace: string) => string) | null): Html {
  if (shown.length === 0) return html`–`;
  return html`${shown.map(({ trace, request }, index) => {
    const words = `${request ?? 'request'} ${trace.slice(0, 8)}`;
    return html`${index === 0 ? '' : ', '}${linkOf === null ? words : html`<a href="${linkOf(trace)}">${words}</a>`}`;
  })}`;
}

import { componentWord, percent, type RunData, type Verdict } from '@loadstair/analysis';
import { evidenceRows } from './evidence-rows.ts';
import { html, type Html } from './html.ts';

/**
 * For, against, ruled out; of a refused run the checks that failed.
 *
 * @param linkTo address of what a line stands on, by its number; null where there is nowhere to go
 */
export function evidence(verdict: Verdict, run: RunData, linkTo: ((number: number) => string) | null = null): Html {
  if (verdict.kind === 'refused') {
    return html`<div class="scroll" tabindex="0">
      <table>
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
      </table>
    </div>`;
  }
  return html`<table>
    ${evidenceRows(verdict, run).map(
      ({ side, text, fact }, index) =>
        html`<tr>
          <td>${side}</td>
          <td class="left wrap">
            ${text}${
              fact?.query == null
                ? null
                : html`<details>
                    <summary>query</summary>
                    <code>${fact.query}</code>
                  </details>`
            }
          </td>
          ${linkTo === null ? null : html`<td><a href="${linkTo(index + 1)}" aria-label="Chart of evidence ${index + 1}">chart</a></td>`}
        </tr>`,
    )}
  </table>`;
}

/** How a shared host's CPU splits. */
export function split(verdict: Verdict, { words }: Pick<RunData, 'words'>): Html | null {
  if (verdict.kind !== 'named' || verdict.shares === null) return null;
  const parts = Object.entries(verdict.shares).sort(([, a], [, b]) => b - a);
  return html`<h2>Who uses ${verdict.hosts[0] ?? ''}’s CPU</h2>
    <div class="split">
      ${parts.map(([component, share], index) => html`<span class="h${index === 0 ? 3 : 1}" style="width:${(share * 100).toFixed(1)}%">${componentWord(component, words)} ${percent(share)}</span>`)}
    </div>`;
}

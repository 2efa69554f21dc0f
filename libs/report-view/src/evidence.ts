import { componentWord, percent, resourceWord, type Verdict } from '@loadstair/analysis';
import { html, type Html } from './html.ts';

/** For, against, ruled out; of a refused run the checks that failed. */
export function evidence(verdict: Verdict): Html {
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
export function split(verdict: Verdict): Html | null {
  if (verdict.kind !== 'named' || verdict.shares === null) return null;
  const parts = Object.entries(verdict.shares).sort(([, a], [, b]) => b - a);
  return html`<h2>Who uses ${verdict.hosts[0] ?? ''}’s CPU</h2>
    <div class="split">
      ${parts.map(([component, share], index) => html`<span class="h${index === 0 ? 3 : 1}" style="width:${(share * 100).toFixed(1)}%">${componentWord(component)} ${percent(share)}</span>`)}
    </div>`;
}

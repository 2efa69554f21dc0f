import { verdictText, type Confirmation, type RunData, type Verdict } from '@loadstair/analysis';
import { html, type Html } from './html.ts';

/** The answer: the sentence, then its rows. */
export function verdictBlock(verdict: Verdict, run: RunData, confirmation: Confirmation | null): Html {
  const text = verdictText(verdict, run, confirmation);
  return html`<section class="verdict ${verdict.kind}">
    <h1><span class="mark">${text.mark}</span> ${text.sentence}</h1>
    <dl class="rows">
      ${text.rows.map(
        ([label, row]) =>
          html`<dt>${label}</dt>
            <dd>${row}</dd>`,
      )}
    </dl>
  </section>`;
}

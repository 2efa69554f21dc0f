import { outcomeSentence, type ExpectationResult, type ExperimentOutcome } from '@loadstair/experiments/outcome';
import { html, type Html } from './html.ts';
import { plainTable } from './plain-table.ts';

/** One character a result; colour is never alone. */
export const OUTCOME_MARKS: Readonly<Record<ExperimentOutcome['kind'], string>> = { held: '✓', 'not-held': '✗', refused: '×' };

/** What an experiment came to: the sentence, then every expectation with what was measured. */
export function outcomeBlock(outcome: ExperimentOutcome): Html {
  return html`<section id="outcome" class="verdict ${outcome.kind}">
    <h1><span class="mark">${OUTCOME_MARKS[outcome.kind]}</span> ${outcomeSentence(outcome)}</h1>
    <p>${outcome.title}</p>
    <ul class="expectations">
      ${outcome.checks.map((check) => html`<li>× ${check.code} ${check.measured}; allowed ${check.allowed}. ${check.advice}</li>`)}
      ${outcome.results.map(expectation)}
    </ul>
  </section>`;
}

function expectation({ about, expected, measured, holds, details }: ExpectationResult): Html {
  return html`<li class="${holds === true ? 'held' : ''}">
    <p><span class="mark">${holds === null ? '×' : holds ? '✓' : '✗'}</span> ${about}</p>
    <dl class="rows">
      <dt>expected</dt>
      <dd>${expected}</dd>
      <dt>measured</dt>
      <dd>${measured}${details.map((detail) => html`<span class="detail">${detail}</span>`)}</dd>
    </dl>
  </li>`;
}

/** Phases of an experiment side by side; nothing where it compares none. */
export function outcomeTable({ table }: ExperimentOutcome): Html | null {
  return table === null ? null : plainTable(table.head, table.rows);
}

import { html, type Html } from './html.ts';

/** A table of words: a head, then a row each. */
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[]): Html {
  return html`<div class="scroll" tabindex="0">
    <table>
      <tr>
        ${head.map((title) => html`<th>${title}</th>`)}
      </tr>
      ${rows.map(
        (cells) =>
          html`<tr>
            ${cells.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </table>
  </div>`;
}

/** The same numbers as a chart, folded below it. */
export function asTable(head: readonly string[], rows: readonly (readonly string[])[]): Html {
  return html`<details class="as-table">
    <summary>View as table</summary>
    ${plainTable(head, rows)}
  </details>`;
}

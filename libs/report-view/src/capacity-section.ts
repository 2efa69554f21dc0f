import { capacityLines, resourceName, type RunData, type SearchOutcome, type Verdict } from '@loadstair/analysis';
import { html, type Html } from './html.ts';

/** What a search found, as the terminal says it. */
export function capacitySection(search: SearchOutcome | null, run: RunData, verdict: Verdict): Html | null {
  if (search === null || verdict.kind === 'refused') return null;
  if (search.kind === 'none')
    return html`<h2>Capacity</h2>
      <p>Not found: ${search.reason}.</p>`;
  const by = verdict.kind === 'named' ? resourceName(verdict) : verdict.kind.replaceAll('-', ' ');
  const [sentence = '', ...rows] = capacityLines(search.capacity, run, by);
  return html`<h2>${sentence}</h2>
    <p>${rows.map((row) => html`${row.trim()}<br />`)}</p>`;
}

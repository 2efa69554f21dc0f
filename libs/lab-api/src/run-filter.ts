import type { ListedRunAnswer } from './answers.ts';
import type { Taken } from './client.ts';

/** What of the stored runs is asked for; each filter is empty where it asks for nothing. */
export type Filters = Omit<Taken<'GET /api/runs'>['query'], 'page'>;

/** Whether a list that is filtered so shows a run. What a damaged run was is not known: it is listed where nothing is asked for. */
export function isAskedFor(run: ListedRunAnswer, query: Filters): boolean {
  const { stage, kind, result, from, to, starred } = query;
  if (!matches(run, query.search)) return false;
  const asksAboutEnded = [kind, result, from, to, starred].some((one) => one !== '');
  if (run.kind === 'damaged') return !asksAboutEnded && stage === '';
  if (stage !== '' && run.stage !== Number(stage)) return false;
  if (run.kind === 'going') return !asksAboutEnded;
  const day = run.startedAt.slice(0, 'yyyy-mm-dd'.length);
  return (
    (kind === '' || kindOf(run) === kind) &&
    (result === '' || run.result === result) &&
    (from === '' || day >= from) &&
    (to === '' || day <= to) &&
    (starred === '' || run.label.starred)
  );
}

function kindOf({ experiment, searched }: Extract<ListedRunAnswer, { kind: 'run' }>): Filters['kind'] {
  return experiment !== null ? 'experiment' : searched ? 'search' : 'run';
}

/** Every word of the search occurs somewhere in what the row shows. */
function matches(run: ListedRunAnswer, search: string): boolean {
  const text = JSON.stringify(Object.values(run)).toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

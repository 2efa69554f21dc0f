import type { ListedRunAnswer } from '@loadstair/lab-api';

type EndedRun = Extract<ListedRunAnswer, { kind: 'run' }>;

/** A quick run of a stage under one of its profiles, as the list of runs has it; `more` is what is different. */
export function listedRun(id: string, more: Partial<EndedRun> = {}): EndedRun {
  return {
    kind: 'run',
    id,
    startedAt: '2026-11-30T12:00:00.000Z',
    stage: 3,
    slug: 'a-stage',
    set: [],
    profile: 'reads',
    experiment: null,
    quick: true,
    imported: false,
    searched: false,
    label: { name: '', note: '', starred: false },
    result: 'named',
    words: 'x',
    ...more,
  };
}

import { expect, it } from '@jest/globals';
import type { ListedRunAnswer } from '@loadstair/lab-api';
import { suggestedPair } from './suggested-pair.ts';

type EndedRun = Extract<ListedRunAnswer, { kind: 'run' }>;
const run = (id: string, stage: number, more: Partial<EndedRun> = {}): EndedRun => ({
  kind: 'run',
  id,
  startedAt: '2026-11-30T12:00:00.000Z',
  stage,
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
});

it('two stages under one profile, the earlier stage first', () => {
  const listed = [run('a', 3), run('b', 3), run('c', 2, { profile: 'mixed' }), run('d', 1), run('e', 2)];
  expect(suggestedPair(listed)).toEqual({ first: 'd', second: 'a' });
});

it('no experiment, no search, no changed stage, and not a full run beside a quick one', () => {
  const listed = [
    run('a', 3),
    run('b', 2, { experiment: 'kill-web' }),
    run('c', 2, { searched: true }),
    run('d', 2, { set: ['web.count=3'] }),
    run('e', 2, { quick: false }),
    run('f', 1),
  ];
  expect(suggestedPair(listed)).toEqual({ first: 'f', second: 'a' });
});

it('the newest two where no pair fits, and none of one run', () => {
  expect(suggestedPair([run('a', 3), run('b', 3)])).toEqual({ first: 'b', second: 'a' });
  expect(suggestedPair([run('a', 3)])).toBeNull();
});

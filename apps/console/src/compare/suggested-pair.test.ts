import { expect, it } from '@jest/globals';
import { listedRun } from '../runs/testing/listed-run.ts';
import { suggestedPair } from './suggested-pair.ts';

/** One of a stage. */
const run = (id: string, stage: number, more: Parameters<typeof listedRun>[1] = {}) => listedRun(id, { stage, ...more });

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

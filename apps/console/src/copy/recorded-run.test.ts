import { expect, it } from '@jest/globals';
import type { ListedRunAnswer } from '@loadstair/lab-api';
import type { Runnable } from '@loadstair/labs';
import { recordedRun } from './recorded-run.ts';

type EndedRun = Extract<ListedRunAnswer, { kind: 'run' }>;
const run = (id: string, more: Partial<EndedRun> = {}): EndedRun => ({
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
});
const stages = [{ profile: 'reads', topology: { stage: 3 } }] as unknown as Parameters<typeof recordedRun>[1];
const asked = (set: readonly string[] = []): Runnable => ({ kind: 'run', stage: 3, set });

it('is of the stage, its own profile and the same settings in any order', () => {
  const runs = [
    run('a', { stage: 2 }),
    run('b', { profile: 'mixed' }),
    run('c', { searched: true }),
    run('d', { experiment: 'kill-web' }),
    run('e', { set: ['web.count=3', 'db.cpu=2'] }),
    run('f'),
  ];
  expect(recordedRun(runs, stages, asked(), true)).toBe('f');
  expect(recordedRun(runs, stages, asked(['db.cpu=2', 'web.count=3']), true)).toBe('e');
  expect(recordedRun(runs, stages, asked(['db.cpu=4']), true)).toBeNull();
});

it('is of the form that is asked for, else of the other one', () => {
  expect(recordedRun([run('a'), run('b', { quick: false })], stages, asked(), false)).toBe('b');
  expect(recordedRun([run('a')], stages, asked(), false)).toBe('a');
});

it('is an experiment by its name', () => {
  const experiment = { kind: 'experiment', experiment: { name: 'kill-web' } } as unknown as Runnable;
  expect(recordedRun([run('a'), run('b', { experiment: 'kill-web' })], stages, experiment, true)).toBe('b');
});

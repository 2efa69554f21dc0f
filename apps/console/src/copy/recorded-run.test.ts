import { expect, it } from '@jest/globals';
import type { Runnable } from '@loadstair/labs';
import { listedRun } from '../runs/testing/listed-run.ts';
import { recordedRun } from './recorded-run.ts';

const stages = [{ profile: 'reads', topology: { stage: 3 } }] as unknown as Parameters<typeof recordedRun>[1];
const asked = (set: readonly string[] = []): Runnable => ({ kind: 'run', stage: 3, set });

it('is of the stage, its own profile and the same settings in any order', () => {
  const runs = [
    listedRun('a', { stage: 2 }),
    listedRun('b', { profile: 'mixed' }),
    listedRun('c', { searched: true }),
    listedRun('d', { experiment: 'kill-web' }),
    listedRun('e', { set: ['web.count=3', 'db.cpu=2'] }),
    listedRun('f'),
  ];
  expect(recordedRun(runs, stages, asked(), true)).toBe('f');
  expect(recordedRun(runs, stages, asked(['db.cpu=2', 'web.count=3']), true)).toBe('e');
  expect(recordedRun(runs, stages, asked(['db.cpu=4']), true)).toBeNull();
});

it('is of the form that is asked for, else of the other one', () => {
  expect(recordedRun([listedRun('a'), listedRun('b', { quick: false })], stages, asked(), false)).toBe('b');
  expect(recordedRun([listedRun('a')], stages, asked(), false)).toBe('a');
});

it('is an experiment by its name', () => {
  const experiment = { kind: 'experiment', experiment: { name: 'kill-web' } } as unknown as Runnable;
  expect(recordedRun([listedRun('a'), listedRun('b', { experiment: 'kill-web' })], stages, experiment, true)).toBe('b');
});

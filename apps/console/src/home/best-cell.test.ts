import { expect, it } from '@jest/globals';
import type { MeasuredAnswer, MeasuredCell, StepAnswer } from '@loadstair/lab-api';
import { bestCell, highestLoad } from './best-cell.ts';

const cell = (stage: number, load: number | null): MeasuredCell => ({
  stage,
  capacity: load === null ? null : { load, interval: null },
  limitedBy: 'web-1 CPU',
  runs: ['k3f9'],
  searched: true,
  at: '2026-11-30T12:00:00.000Z',
});
const step = (stage: number): Extract<StepAnswer, { kind: 'built' }> => ({
  kind: 'built',
  stage,
  slug: 's',
  title: 'T',
  changed: '',
  topology: {} as never,
  profile: 'reads',
});
const answer = (profiles: MeasuredAnswer['profiles']): MeasuredAnswer => ({ steps: [step(1), step(2)], common: 'mixed', profiles });

it('prefers the common profile, then the revealing one, then any that has a capacity', () => {
  const all = answer([
    { profile: 'mixed', cells: [cell(1, 36)] },
    { profile: 'reads', cells: [cell(1, 50), cell(2, null)] },
    { profile: 'writes', cells: [cell(2, 9)] },
  ]);
  expect(bestCell(all, step(1))).toMatchObject({ profile: 'mixed', capacity: { load: 36 } });
  expect(bestCell(all, step(2))).toMatchObject({ profile: 'writes', capacity: { load: 9 } });
  expect(bestCell(all, step(3))).toBeNull();
  expect(highestLoad(all)).toBe(36);
});

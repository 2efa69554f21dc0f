import { expect, it } from '@jest/globals';
import type { MeasuredAnswer, StepAnswer } from '@loadstair/lab-api';
import { bestCell, highestLoad } from './best-cell.ts';
import { cell } from './testing/cell.ts';

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

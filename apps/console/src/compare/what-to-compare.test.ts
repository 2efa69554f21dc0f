import { expect, it } from '@jest/globals';
import type { MeasuredAnswer, MeasuredCell } from '@loadstair/lab-api';
import { chosenStages, profilesOf, stagesUnder } from './what-to-compare.ts';

const cell = (stage: number): MeasuredCell => ({
  stage,
  capacity: null,
  limitedBy: '',
  runs: [],
  searched: false,
  at: '2026-11-30T12:00:00.000Z',
});
const measured: MeasuredAnswer = {
  steps: [
    ...[1, 2, 3].map((stage): MeasuredAnswer['steps'][number] => ({
      kind: 'built',
      stage,
      slug: `s${stage}`,
      title: '',
      changed: '',
      topology: {} as never,
      profile: stage === 3 ? 'reads' : 'pages',
    })),
    { kind: 'planned', stage: 4, slug: 's4', title: '', changed: '' },
  ],
  common: 'mixed',
  profiles: [{ profile: 'writes', cells: [cell(1), cell(3)] }],
};

it('compares what was measured under the profile, and all stages where nothing was', () => {
  expect(chosenStages(measured, 'writes', null)).toEqual([1, 3]);
  expect(chosenStages(measured, 'mixed', null)).toEqual([1, 2, 3]);
  expect(stagesUnder(measured, 'mixed')).toEqual([]);
});

it('takes stages from the address, in order, and none that cannot be measured', () => {
  expect(chosenStages(measured, 'writes', '4,2,1,x')).toEqual([1, 2]);
  expect(chosenStages(measured, 'writes', '')).toEqual([]);
});

it('offers each profile once', () => {
  expect(profilesOf(measured, 'spike')).toEqual(['mixed', 'writes', 'pages', 'reads', 'spike']);
});

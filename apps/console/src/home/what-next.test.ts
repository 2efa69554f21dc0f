import { describe, expect, it } from '@jest/globals';
import type { MeasuredAnswer } from '@loadstair/lab-api';
import type { LabSummary } from '@loadstair/labs';
import { nextThings } from './what-next.ts';
import { cell } from './testing/cell.ts';

const measured = (profiles: MeasuredAnswer['profiles']): MeasuredAnswer => ({
  steps: [
    ...[1, 2, 3].map((stage): MeasuredAnswer['steps'][number] => ({
      kind: 'built',
      stage,
      slug: `s${stage}`,
      title: `Title ${stage}`,
      changed: '',
      topology: {} as never,
      profile: 'reads',
    })),
    { kind: 'planned', stage: 4, slug: 's4', title: 'Title 4', changed: '' },
  ],
  common: 'mixed',
  profiles,
});
const lab = (stage: number, begun: boolean, next: boolean): LabSummary => ({
  stage,
  slug: `s${stage}`,
  title: `Lab ${stage}`,
  steps: 4,
  done: next ? 1 : 4,
  next: next ? { step: 'kill', number: 2, title: 'Kill a server' } : null,
  optional: 0,
  begun,
  takesS: { full: 100, quick: 40 },
});
const titles = (...given: Parameters<typeof nextThings>): string[] => nextThings(...given).map(({ title }) => title);

describe('what to do next', () => {
  it('is the first step where nothing was run', () => {
    expect(titles(measured([]), 0, [lab(1, false, true)])).toEqual(['Run stage 1: Title 1', 'Take lab 1: Lab 1']);
  });

  it('is nothing to measure where recorded runs are shown', () => {
    expect(titles(measured([]), 3, [lab(1, false, true)], false)).toEqual(['Take lab 1: Lab 1']);
    expect(titles(measured([]), 0, [lab(1, false, false)], false)).toEqual([]);
  });

  it('is the lab that was begun, before any other', () => {
    const [first] = nextThings(measured([]), 3, [lab(1, true, false), lab(2, false, true), lab(3, true, true)]);
    expect(first).toMatchObject({
      title: 'Continue lab 3: Lab 3',
      why: '1 of 4 steps are done. Next: Kill a server.',
      href: '/labs/3/kill',
    });
  });

  it('is the first stage without a capacity; one of a run that reached none is missing too', () => {
    expect(titles(measured([{ profile: 'mixed', cells: [cell(1, 36), cell(2, null)] }]), 2, [])).toEqual(['Measure stage 2: Title 2']);
  });

  it('is a comparison under the profile that has most stages; steps that are not built are never asked for', () => {
    const all = [
      { profile: 'mixed', cells: [cell(1, 36)] },
      { profile: 'reads', cells: [cell(1, 30), cell(2, 50), cell(3, 90)] },
    ];
    expect(nextThings(measured(all), 9, [])).toMatchObject([
      { title: 'Compare the 3 stages measured under reads', href: '/compare?stages=1,2,3&profile=reads' },
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { dashboardsOf } from '@loadstair/dashboards';
import type { KeptSeries } from '@loadstair/runs';
import { stageByNumber } from '@loadstair/stages';
import { missingPanels } from './missing-panels.ts';

const { topology } = stageByNumber(1);

/** As if every query of the dashboards of stage 1 had one answer. */
function answered(values: readonly (number | null)[]): KeptSeries['panels'] {
  return Object.fromEntries(
    dashboardsOf(1).map(({ uid, panels = [] }) => [
      uid,
      Object.fromEntries(panels.map(({ id = 0 }) => [String(id), { A: [{ labels: {}, values: [...values] }] }])),
    ]),
  );
}

describe('a panel without data', () => {
  it('is not there where every query was answered', () => {
    expect(missingPanels(answered([null, 1]), topology)).toEqual([]);
  });

  it('is named, unless its stage explains it or it may always be empty', () => {
    const missing = missingPanels(answered([null, null]), topology);
    expect(missing).toContain('tiers: server requests');
    expect(missing).toContain('run: Load');
    expect(missing).not.toContain('tiers: web requests');
    expect(missing).not.toContain('run: Stale answers');
    expect(missing.filter((panel) => /^stage-(?!1:)/.test(panel))).toEqual([]);
  });
});

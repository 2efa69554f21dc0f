import { describe, expect, it } from '@jest/globals';
import { gameOf } from '@loadstair/stages';
import { planGameday } from './gameday.ts';
import { withoutConclusions } from './without-conclusions.ts';

const ROW = { host: 'web-1', label: 'web-1 event loop', busy: 0.98 };

describe('what is told of a sealed run', () => {
  it('has load and latency, and not which limit is near', () => {
    const live = withoutConclusions({
      type: 'live',
      atMs: 1,
      step: 2,
      elapsedS: 3,
      startedPerS: 30,
      achievedPerS: 20,
      lateP99Ms: 1,
      dropped: 0,
      closest: [ROW],
      use: [{ host: 'web-1', kind: 'event-loop', busy: 0.98, limit: null }],
      latency: null,
      verdictInS: 40,
    });
    expect(live).toMatchObject({ closest: [], use: [], achievedPerS: 20 });
    const step = withoutConclusions({
      type: 'step',
      atMs: 1,
      step: 2,
      kind: 'load',
      offered: 30,
      achieved: 20,
      p95Ms: 900,
      failedShare: 0,
      failed: 0,
      holds: false,
      closest: ROW,
      projected: [],
    });
    expect(step).toMatchObject({ closest: null, holds: false, p95Ms: 900 });
    expect(JSON.stringify([step])).not.toContain('event loop');
  });

  it('ends without a verdict', () => {
    const verdict = {
      type: 'verdict' as const,
      atMs: 9,
      run: 'k3f9',
      verdict: { kind: 'refused' as const, codes: [], checks: [] },
      checks: { passed: 1, of: 1 },
      observerShareOfCore: 0,
      report: '/x/report.html',
      lines: ['web-1 event loop limits'],
      capacity: null,
    };
    expect(withoutConclusions(verdict as never)).toEqual({
      type: 'phase',
      atMs: 9,
      phase: 'verdict',
      state: 'done',
      text: 'sealed until the cause is named',
    });
  });
});

describe('the run of a gameday', () => {
  const plan = planGameday({ code: 'TIGER7', stage: 2, level: 2, quick: true });

  it('is recorded as of the site that people are shown, and started with the cause', () => {
    const { injection } = gameOf('TIGER7', { stage: 2, level: 2 }).broken;
    const { hidden, topology, set, command } = plan.about;
    expect(hidden).not.toEqual(topology);
    const told = JSON.stringify([topology, set, command]);
    for (const setting of injection.set) {
      const [key = '', value = ''] = setting.split('=');
      expect(told).not.toContain(`"${key.split('.')[1]}":${value}`);
    }
    expect(command).toBe('./lab gameday --code TIGER7 --stage 2 --level 2 --quick');
  });
});

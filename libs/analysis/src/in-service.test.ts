import { expect, it } from '@jest/globals';
import { useIn } from '@loadstair/resources';
import { diagnose } from './diagnose.ts';
import { seenInService, shareOut } from './in-service.ts';
import type { RunData, StepData } from './run-data.ts';
import { takenOut, takenOutText } from './taken-out.ts';
import { buildRun } from './testing/run-builder.ts';

const LOADS = [40, 48, 56, 64, 72, 88, 100];
const whole = buildRun({
  stage: 3,
  tiers: [
    { name: 'web', hosts: 2, cpuMs: 2.4, cores: 0.1, pool: { limit: 20, holdMs: 2, waitsOn: 'db' } },
    { name: 'db', hosts: 1, cpuMs: 0.5, cores: 0.1 },
  ],
  links: [['web', 'db']],
  loads: LOADS,
});
/** Blocks of a step in which web servers are out. */
const OUT = [3, 4, 5, 8, 9];

/** A balancer takes both web servers out for five of thirteen seconds where they are full: their means fall. */
function flapping(step: StepData): StepData {
  if (step.kind !== 'load' || step.offered < 80) return step;
  const spans = [
    [step.startMs + 3_000, step.startMs + 6_000],
    [step.startMs + 8_000, step.startMs + 10_000],
  ] as const;
  return {
    ...step,
    outOfService: ['web-1', 'web-2'].map((server) => ({ server, by: 'lb-1', times: 2, check: 'no-answer' as const, spans })),
    use: step.use.map((use) => {
      if (!/^web-\d\/cpu$/.test(use.resource) || use.kind !== 'cpu') return use;
      const blocks = use.blocks.map((busy, index) => (OUT.includes(index) ? 0.05 : busy));
      return { ...use, blocks, busy: blocks.reduce((sum, busy) => sum + busy, 0) / blocks.length, throttledShare: 0.45 };
    }),
  };
}
const run: RunData = { ...whole, steps: whole.steps.map(flapping) };
const failing = run.steps.find(({ offered }) => offered > 80) as StepData;

it('sees the use of a server while it was in service', () => {
  const before = useIn(failing, 'web-1/cpu');
  const seen = useIn(seenInService(run).steps[failing.index] as StepData, 'web-1/cpu');
  expect(before?.busy).toBeLessThan(0.7);
  expect(seen?.busy).toBeGreaterThan(0.95);
  // It was stopped in 45 % of all periods, all of them in the 8 of 13 seconds in which it served.
  expect(seen).toMatchObject({ throttledShare: expect.closeTo((0.45 * 13) / 8) });
  expect(useIn(seenInService(run).steps[failing.index] as StepData, 'db-1/cpu')).toBe(useIn(failing, 'db-1/cpu'));
});

it('leaves runs alone in which nothing was out, and servers that hardly served', () => {
  expect(seenInService(whole)).toBe(whole);
  const gone = {
    ...failing,
    outOfService: [{ server: 'web-1', by: 'lb-1', times: 0, check: null, spans: [[failing.startMs, failing.endMs]] as const }],
  };
  const [step] = seenInService({ ...run, steps: [gone] }).steps;
  expect(useIn(step as StepData, 'web-1/cpu')?.busy).toBe(useIn(failing, 'web-1/cpu')?.busy);
});

it('names the limit that stands behind it, and says who was taken out', () => {
  expect(diagnose(run)).toMatchObject({
    kind: 'named',
    tier: 'web',
    resource: 'cpu',
    takenOut: [
      { server: 'web-1', by: 'lb-1', times: 4 },
      { server: 'web-2', by: 'lb-1', times: 4 },
    ],
  });
  expect(diagnose(whole)).not.toHaveProperty('takenOut');
});

it('tells it in a sentence', () => {
  const [out] = takenOut([failing]);
  expect(out?.share).toBeCloseTo(5 / 13);
  expect(shareOut({ spans: [] }, failing)).toBe(0);
  const text = (change: Partial<NonNullable<typeof out>>): string => takenOutText({ ...(out as NonNullable<typeof out>), ...change });
  expect(text({})).toBe('lb-1 took web-1 out of service 2 times (38 % of the time), because its health check timed out');
  expect(text({ times: 1, check: 'refused' })).toContain(
    'out of service once (38 % of the time), because it refused the health check’s connection',
  );
  expect(text({ times: 0, check: null })).toBe('lb-1 kept web-1 out of service (38 % of the time)');
});

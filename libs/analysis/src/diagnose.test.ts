import { describe, expect, it } from '@jest/globals';
import { diagnose } from './diagnose.ts';
import type { RunData } from './run-data.ts';
import { buildRun, type BuiltSite, type BuiltTier } from './testing/run-builder.ts';
import { verdictLines, verdictText } from './verdict-text.ts';
import type { RunnerUp } from './verdict.ts';

const climb = (around: number): number[] => [0.45, 0.6, 0.75, 0.88, 0.98, 1.08, 1.2, 1.35, 1.5].map((share) => share * around);
const lb: BuiltTier = { name: 'lb', hosts: 1, cpuMs: 0.2, cores: 0.1, slots: { limit: 1000, holdMs: 8, waitsOn: 'web' } };
const web = (change: Partial<BuiltTier> = {}): BuiltTier => ({
  name: 'web',
  hosts: 2,
  cpuMs: 1.1,
  cores: 0.1,
  pool: { limit: 20, holdMs: 2, waitsOn: 'db' },
  ...change,
});
const db = (change: Partial<BuiltTier> = {}): BuiltTier => ({ name: 'db', hosts: 1, cpuMs: 0.85, cores: 0.1, ...change });
const three = (around: number, tiers: readonly BuiltTier[]): BuiltSite => ({
  stage: 3,
  tiers,
  links: [
    ['lb', 'web'],
    ['web', 'db'],
  ],
  loads: climb(around),
});
const two = (around: number, tiers: readonly BuiltTier[]): BuiltSite => ({ stage: 2, tiers, links: [['web', 'db']], loads: climb(around) });
const one = (around: number): BuiltSite => ({
  stage: 1,
  tiers: [
    {
      name: 'server',
      hosts: 1,
      cpuMs: 1.8,
      cores: 0.1,
      components: { site: 0.6, postgres: 0.4 },
      pool: { limit: 20, holdMs: 2, waitsOn: 'server' },
    },
  ],
  links: [],
  loads: climb(around),
});

const singles: readonly [name: string, site: BuiltSite, tier: string, resource: string][] = [
  ['a single server', one(55), 'server', 'cpu'],
  ['the web server of stage 2', two(91, [web({ hosts: 1 }), db({ cpuMs: 0.5 })]), 'web', 'cpu'],
  [
    'a small database at stage 2, although web waits',
    two(55, [web({ hosts: 1, cpuMs: 0.9 }), db({ cpuMs: 0.45, cores: 0.025 })]),
    'db',
    'cpu',
  ],
  ['the database of stage 3', three(117, [lb, web(), db()]), 'db', 'cpu'],
  ['small web servers at stage 3', three(54, [lb, web({ cores: 0.03 }), db()]), 'web', 'cpu'],
  ['web servers when the database is big', three(360, [lb, web({ hosts: 4, cores: 0.1 }), db({ cores: 0.4 })]), 'web', 'cpu'],
  ['a pool of one over a distance', three(80, [lb, web({ pool: { limit: 1, holdMs: 25, waitsOn: 'db' } }), db()]), 'web', 'pool'],
  [
    'too few proxy slots over a distance',
    three(60, [{ ...lb, slots: { limit: 2, holdMs: 33, waitsOn: 'web' } }, web(), db()]),
    'lb',
    'slots',
  ],
  ['a lock', three(70, [lb, web(), db({ lockFrom: 70 })]), 'db', 'lock'],
  ['a blocked event loop', two(60, [web({ hosts: 1, cpuMs: 0.8, cores: 0.3, blockedMs: 16 }), db({ cores: 0.3 })]), 'web', 'event-loop'],
];

describe('diagnose', () => {
  describe.each([1, 2, 3, 4])('with noise %i', (seed) => {
    it.each(singles)('names %s', (_name, site, tier, resource) => {
      const verdict = diagnose(buildRun(site, seed));
      expect(verdict).toMatchObject({ kind: 'named', tier, resource });
    });
  });

  it('finds the load within 15 % of where the model saturates', () => {
    const verdict = diagnose(buildRun(three(117, [lb, web(), db()])));
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    expect(Math.abs(Math.log(verdict.load / 117.6))).toBeLessThan(0.15);
    expect(Math.abs(Math.log(verdict.saturation / (117.6 * 0.95)))).toBeLessThan(0.15);
    expect(verdict.interval[0]).toBeLessThanOrEqual(verdict.load);
    expect(verdict.interval[1]).toBeGreaterThanOrEqual(verdict.load);
  });

  it('names the next one to run out, with its headroom', () => {
    const verdict = diagnose(buildRun(three(117, [lb, web(), db()])));
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    expect(verdict.runnerUp).toMatchObject({ tier: 'web', resource: 'cpu' });
    expect(verdict.runnerUp?.headroom).toBeGreaterThan(1.3);
  });

  it('gives no number of loads far beyond any that was offered', () => {
    const run = buildRun(three(117, [lb, web(), db()]));
    const verdict = diagnose(run);
    if (verdict.kind !== 'named' || verdict.runnerUp === null) throw new Error(verdict.kind);
    const next = (headroom: number): string | undefined =>
      verdictText({ ...verdict, runnerUp: { ...(verdict.runnerUp as RunnerUp), hosts: ['web-1'], headroom } }, run).rows.find(
        ([label]) => label === 'next',
      )?.[1];
    expect(next(9.9)).toMatch(/^web-1 CPU at .+\/s \(.+\), 9\.9× more$/);
    expect(next(11)).toBe('nothing else is near its limit: web-1 CPU has more than 10× headroom');
  });

  it('explains away a pool that only waits on the database', () => {
    const verdict = diagnose(buildRun(three(117, [lb, web(), db()])));
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    expect(verdict.ruledOut).toContainEqual(
      expect.objectContaining({ tier: 'web', resource: 'pool', reason: expect.stringContaining('waits on db-1') }),
    );
  });

  it('explains it away too where no step held: every hold is long then, and none tells how short one would be', () => {
    const run = buildRun({ ...three(117, [lb, web(), db()]), loads: [240, 300] });
    const counted = run.steps.map((step) => ({
      ...step,
      use: step.use.map((use) => (use.kind === 'pool' || use.kind === 'slots' ? { ...use, acquisitions: 500 } : use)),
    }));
    const verdict = diagnose({ ...run, steps: counted });
    expect(verdict).toMatchObject({ kind: 'named', tier: 'db', resource: 'cpu', with: [] });
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    expect(verdict.ruledOut).toContainEqual(
      expect.objectContaining({ tier: 'web', resource: 'pool', reason: expect.stringContaining('waits on db-1') }),
    );
  });

  it('tells how a shared host splits', () => {
    const verdict = diagnose(buildRun(one(55)));
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    expect(verdict.shares?.['site']).toBeCloseTo(0.6, 2);
    expect(verdict.shares?.['postgres']).toBeCloseTo(0.4, 2);
  });

  it('says two when two run out together', () => {
    const verdict = diagnose(buildRun(two(100, [web({ hosts: 1, cpuMs: 1 }), db({ cpuMs: 1 })])));
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    expect([verdict.tier, ...verdict.with.map((other) => other.tier)].sort()).toEqual(['db', 'web']);
  });

  it('finds nothing where nothing ran out, and projects', () => {
    const verdict = diagnose(buildRun({ ...three(117, [lb, web(), db()]), loads: [20, 30, 40, 50, 60] }));
    expect(verdict).toMatchObject({ kind: 'none-in-range', highest: 60, closest: { tier: 'db', resource: 'cpu' } });
  });

  it('is deterministic', () => {
    const run = buildRun(three(117, [lb, web(), db()]));
    expect(diagnose(run)).toEqual(diagnose(structuredClone(run)));
  });

  it('does not name what is not at its limit', () => {
    const run = buildRun(three(117, [lb, web(), db()]));
    const quiet: RunData = {
      ...run,
      steps: run.steps.map((step) => ({
        ...step,
        use: step.use.map((use) => ({
          ...use,
          busy: use.busy * 0.3,
          blocks: use.blocks.map((busy) => busy * 0.3),
          waiting: 0,
          waitingEnd: 0,
        })),
      })),
    };
    expect(diagnose(quiet).kind).toBe('unexplained');
  });
});

describe('the words of a verdict', () => {
  it('says what, where and why in a line each', () => {
    const run = buildRun(three(117, [lb, web(), db()]));
    const lines = verdictLines(diagnose(run), run);
    expect(lines[0]).toMatch(/^▲ db-1 CPU limits this run at \d+ arrivals\/s \(\d+–\d+\)\.$/);
    expect(lines.some((line) => /^ {2}because .*busy in step \d+ \(limit 92 %\)/.test(line))).toBe(true);
    expect(lines.some((line) => /^ {2}sure .*inferred/.test(line))).toBe(true);
  });

  it('names the tier when all its hosts are full', () => {
    const run = buildRun(three(54, [lb, web({ cores: 0.03 }), db()]));
    expect(verdictLines(diagnose(run), run)[0]).toMatch(/^▲ Web tier CPU limits/);
  });
});

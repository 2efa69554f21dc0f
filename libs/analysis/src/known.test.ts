import { describe, expect, it } from '@jest/globals';
import type { ResourceUse } from '@loadstair/resources';
import { diagnose } from './diagnose.ts';
import { verdictInShort } from './in-short.ts';
import type { RunData } from './run-data.ts';
import { buildRun } from './testing/run-builder.ts';
import { verdictLines } from './verdict-text.ts';

const climb = (loads: readonly number[]): RunData =>
  buildRun({
    stage: 2,
    tiers: [
      { name: 'web', hosts: 1, cpuMs: 1.1, cores: 0.1, pool: { limit: 20, holdMs: 2, waitsOn: 'db' } },
      { name: 'db', hosts: 1, cpuMs: 0.5, cores: 0.1, lockFrom: 80 },
    ],
    links: [['web', 'db']],
    loads,
  });
const run = climb([40, 48, 56, 64, 72, 88, 100]);

/** The same latencies, and nothing that explains them. */
const quiet = (use: ResourceUse): ResourceUse =>
  ({
    ...use,
    busy: use.busy * 0.3,
    blocks: use.blocks.map((busy) => busy * 0.3),
    waiting: 0,
    waitingEnd: 0,
    throttledShare: 0,
  }) as unknown as ResourceUse;
function changed(change: (use: ResourceUse) => ResourceUse, from: RunData = run): RunData {
  return { ...from, steps: from.steps.map((step) => ({ ...step, use: step.use.map((use) => change(quiet(use))) })) };
}
function known(from: RunData): string {
  const verdict = diagnose(from);
  expect(verdict.kind).toBe('unexplained');
  return verdictLines(verdict, from)
    .filter((line) => /^ {2}(known| {5}) /.test(line))
    .join('\n');
}

describe('what nothing explains', () => {
  it('is told with what was seen: nothing, when all had room', () => {
    expect(known(changed((use) => use))).toMatch(/known +no resource was near its limit, throttled or waited for/);
  });

  it('is told with what was throttled', () => {
    const throttled = changed((use) =>
      use.resource === 'web-1/cpu' && use.kind === 'cpu' ? { ...use, busy: 0.6, throttledShare: 0.45 } : use,
    );
    expect(known(throttled)).toMatch(/known +web-1 CPU: throttled in 45 % of its 100 ms CPU periods in step \d/);
  });

  it('is told with what was waited for', () => {
    expect(known(changed((use) => (use.kind === 'pool' ? { ...use, waiting: 7 } : use)))).toMatch(
      /web-1 connection pool: .*7 requests were waiting in step \d/,
    );
  });

  it('is told with what commits wait for', () => {
    const hanging = changed((use) => (use.kind === 'lock' ? { ...use, committing: 12 } : use));
    expect(known(hanging)).toMatch(/db-1 database locks: 12 commits waited for a replica to confirm them in step \d/);
  });

  it('is told with the hosts that were gone', () => {
    const from = changed((use) => use);
    const failing = from.steps.findIndex((step) => step.offered === 88);
    const steps = from.steps.map((step, index) => (index >= failing ? { ...step, presence: { 'db-1': 0 } } : step));
    const incidents = [{ atMs: steps[failing]?.startMs ?? 0, kind: 'host-died', subject: 'db-1', planned: true }] as const;
    expect(known({ ...from, steps, incidents })).toMatch(/known +db-1 was down for 100 % of step \d: host died/);
  });
});

describe('a limit without a step that held', () => {
  const hopeless = climb([88, 100, 120]);

  it('says that it lies below', () => {
    const verdict = diagnose(hopeless);
    expect(verdict).toMatchObject({ kind: 'named', onset: { lastPass: null } });
    expect(verdictLines(verdict, hopeless)[0]).toMatch(/ below 88\.0(\/s| arrivals\/s): no step met the SLO\.$/);
    expect(verdictInShort(verdict)).toMatch(/ below 88\.0\/s$/);
  });

  it('says so where nothing explains it, too', () => {
    const from = changed((use) => use, hopeless);
    expect(verdictLines(diagnose(from), from)[0]).toBe(
      '? The site missed its SLO below 88.0/s: no step met the SLO, and nothing measured explains why.',
    );
    expect(verdictInShort(diagnose(from))).toBe('unexplained below 88.0/s');
  });
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Histogram, RunData } from '@loadstair/analysis';
import { latencyCurve } from './latency-curve.ts';

const P95 = { quantile: 0.95 };
const fixture = (name: string): RunData =>
  (
    JSON.parse(gunzipSync(readFileSync(resolve(import.meta.dirname, '../../../analysis/fixtures', name))).toString('utf8')) as {
      run: RunData;
    }
  ).run;
const recorded = fixture('stage-3-quick-db-cpu.json.gz');

const plain = (...runs: readonly RunData[]): { run: RunData; unit: number }[] => runs.map((one) => ({ run: one, unit: 1 }));

/** All values in one bucket, some 0.1 × 1.02^bucket ms. */
const flat = (bucket: number, count: number): Histogram => ({ scheme: 'log-1.02-from-0.1ms', counts: [[bucket, count]], count });
const run = (name: string, steps: readonly (readonly [offered: number, bucket: number, count: number])[]): RunData => {
  const template = recorded.steps.find(({ kind }) => kind === 'load');
  if (template === undefined) throw new Error('it has steps of load');
  return {
    ...recorded,
    run: name,
    steps: steps.map(([offered, bucket, count]) => ({ ...template, offered, load: { ...template.load, latency: flat(bucket, count) } })),
  };
};

describe('latency over load', () => {
  it('of a real run rises towards its limit', () => {
    const curve = latencyCurve(plain(recorded), P95);
    expect(curve.length).toBeGreaterThan(2);
    expect(curve.every(({ range, requests }) => range === null && requests >= 100)).toBe(true);
    expect(curve.at(-1)?.ms).toBeGreaterThan(3 * (curve[0]?.ms ?? Infinity));
  });

  it('adds the histograms of runs at one load, and keeps how far single runs lie apart', () => {
    const [point, ...others] = latencyCurve(plain(run('a', [[100, 200, 900]]), run('b', [[104, 300, 100]])), P95);
    expect(others).toEqual([]);
    // 95 of 100 requests are at most as slow as the tenth that were slow: the merged p95 is that of b, not a middle of both.
    expect(point?.ms).toBeCloseTo(0.1 * 1.02 ** 300.5, 6);
    expect(point?.range?.map((ms) => Math.round(ms))).toEqual([200, 300].map((bucket) => Math.round(0.1 * 1.02 ** (bucket + 0.5))));
    expect(point?.at).toBeCloseTo((100 * 900 + 104 * 100) / 1000, 9);
  });

  it('tells loads apart that differ by a tenth or more', () => {
    const steps = [100, 112].map((offered) => [offered, 200, 900] as const);
    expect(latencyCurve(plain(run('a', steps)), P95).map(({ at }) => at)).toEqual([100, 112]);
  });

  it('puts runs together that had the same share of their own capacity', () => {
    const fast = { run: run('a', [[100, 200, 900]]), unit: 200 };
    const slow = { run: run('b', [[60, 200, 900]]), unit: 120 };
    expect(latencyCurve([fast, slow], P95)).toMatchObject([{ at: 0.5, requests: 1800 }]);
  });

  it('says nothing where too few requests are beyond the quantile', () => {
    expect(latencyCurve(plain(run('a', [[100, 200, 99]])), P95)).toEqual([]);
    expect(latencyCurve(plain(run('a', [[100, 200, 101]])), P95)).toHaveLength(1);
  });

  it('leaves the idle and the last step out', () => {
    const steps = recorded.steps.map((step) => ({ ...step, kind: 'back' as const }));
    expect(latencyCurve(plain({ ...recorded, steps }), P95)).toEqual([]);
  });
});

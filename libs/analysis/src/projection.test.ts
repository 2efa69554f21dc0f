import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { loadSteps } from './onset.ts';
import { projections } from './projection.ts';
import type { RunData } from './run-data.ts';
import { fromStored, type StoredRunData } from './stored-run-data.ts';

const stored = JSON.parse(
  gunzipSync(readFileSync(join(import.meta.dirname, '../fixtures/stage-3-quick-db-cpu.json.gz'))).toString('utf8'),
) as { run: StoredRunData };
const run = fromStored(stored.run);

/** The run as it was when so many steps of load had ended. */
const after = (steps: number): RunData => {
  const last = loadSteps(run)[steps - 1];
  return { ...run, steps: run.steps.slice(0, last === undefined ? 1 : run.steps.indexOf(last) + 1) };
};

it('says early what will run out first, and about where', () => {
  const whole = projections(run)[0];
  expect(whole).toMatchObject({ host: 'db-1', kind: 'cpu' });
  const early = projections(after(3))[0];
  expect(early).toMatchObject({ host: 'db-1', kind: 'cpu' });
  expect((early?.load ?? 0) / (whole?.load ?? 1)).toBeGreaterThan(0.75);
  expect((early?.load ?? 0) / (whole?.load ?? 1)).toBeLessThan(1.33);
  expect(early?.interval[0]).toBeLessThanOrEqual(early?.load ?? 0);
});

it('says nothing from one step', () => {
  expect(projections(after(1))).toEqual([]);
  expect(projections(after(0))).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import type { RunData } from '@loadstair/analysis';
import { hostReading } from '@loadstair/report-view';
import { stepShown } from './step-shown.ts';

const { run } = JSON.parse(
  gunzipSync(readFileSync(resolve(import.meta.dirname, '../../../../libs/analysis/fixtures/stage-3-quick-db-cpu.json.gz'))).toString(
    'utf8',
  ),
) as { run: RunData };

it('the picture shows the first step that failed, where the database was full', () => {
  const shown = stepShown(run);
  expect(shown?.offered).toBeGreaterThan(50);
  expect(hostReading('db-1', shown?.run ?? { now: null, hosts: new Map() }).cpu).toBeGreaterThan(0.92);
  expect(hostReading('lb-1', shown?.run ?? { now: null, hosts: new Map() }).cpu).toBeLessThan(0.6);
});

it('without a step of load there is nothing to show', () => {
  expect(stepShown({ ...run, steps: [] })).toBeNull();
});

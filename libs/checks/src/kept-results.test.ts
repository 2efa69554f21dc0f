import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { keeping, keptResults } from './kept-results.ts';
import type { Repository } from './repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadstair-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (inputs: string): Repository => ({ head: 'a', changed: new Set(), hashOf: () => inputs });

it('knows after a restart what passed, with which files, when and how long it took', () => {
  const file = join(folder, 'new', 'tests.json');
  keptResults(file, () => 1_000).keep('experiment kill-web quick', 'abc', 12.5);
  const kept = keptResults(file);
  expect(kept.last('experiment kill-web quick')).toEqual({ inputs: 'abc', passedAtMs: 1_000, tookS: 12.5 });
  expect(kept.passed('experiment kill-web quick', 'abc')).toBe(true);
  expect(kept.passed('experiment kill-web quick', 'other')).toBe(false);
  expect(kept.last('experiment add-web quick')).toBeNull();
});

it('knows nothing where the file is torn', () => {
  const file = join(folder, 'torn.json');
  writeFileSync(file, '{"unit":{"inp');
  expect(keptResults(file).last('unit')).toBeNull();
});

it('runs a check until it passes, then not again before a file changes', async () => {
  const file = join(folder, 'again.json');
  let [runs, failed] = [0, 1];
  const check = { name: 'unit tests', run: async () => ({ passed: 7, failed: (++runs, failed) }) };
  const run = (inputs: string): Promise<{ passed: number; failed: number }> =>
    keeping(check, keptResults(file), at(inputs)).run(() => {}, new AbortController().signal);
  expect(await run('abc')).toEqual({ passed: 7, failed: 1 });
  failed = 0;
  expect(await run('abc')).toEqual({ passed: 7, failed: 0 });
  expect(await run('abc')).toEqual({ passed: 1, failed: 0 });
  expect(runs).toBe(2);
  expect(await run('abd')).toEqual({ passed: 7, failed: 0 });
  expect(runs).toBe(3);
});

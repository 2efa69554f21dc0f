import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { extract } from 'tar';
import { prunable, prune, staleExports } from './prune.ts';

const RECORDED = join(import.meta.dirname, '../../../apps/labd/fixtures/stage-3-quick.tar.gz');
const LONG_AGO = new Date('2026-01-01T00:00:00.000Z');

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'loadstair-prune-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function age(path: string): void {
  for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' })) utimesSync(join(path, name), LONG_AGO, LONG_AGO);
  utimesSync(path, LONG_AGO, LONG_AGO);
}
function old(...parts: string[]): string {
  const path = join(folder, ...parts);
  mkdirSync(path, { recursive: true });
  age(path);
  return path;
}

it('removes runs beyond the newest, damaged ones and what was broken off, and nothing that may go on', async () => {
  const runs = join(folder, 'runs');
  mkdirSync(runs);
  await extract({ file: RECORDED, cwd: runs });
  for (const id of ['b001', 'b002', 'going', 'base', 'star']) cpSync(join(runs, 'c86t'), join(runs, id), { recursive: true });
  writeFileSync(join(runs, 'star', 'label.json'), JSON.stringify({ schema: 1, name: '', note: '', starred: true }));
  for (const id of ['b001', 'b002', 'c86t', 'base', 'star']) age(join(runs, id));
  rmSync(join(runs, 'going', 'verdict.json'));
  old('runs', 'broken');
  old('runs', '.import-x');
  old('runs', '.removed-k3f9');
  mkdirSync(join(runs, '.import-now'));
  old('cache', 'postgres-15-old');
  mkdirSync(join(folder, 'cache', 'postgres-15-new'));
  old('cache', 'postgres-15-new.building-7');
  old('cache', 'bundle-Xy12Za');
  mkdirSync(join(folder, 'cache', 'bundle-now'));
  mkdirSync(join(folder, 'log'));
  writeFileSync(join(folder, 'log', 'labd-1.log'), 'x');
  utimesSync(join(folder, 'log', 'labd-1.log'), LONG_AGO, LONG_AGO);
  writeFileSync(join(folder, 'baseline.json'), JSON.stringify({ schema: 1, runs: ['base'], setAt: 'x' }));

  const items = prunable(folder, 1).filter(({ path }) => path.startsWith(folder));
  prune(items);
  expect(readdirSync(runs).sort()).toEqual(['.import-now', 'b001', 'base', 'going', 'star']);
  expect(readdirSync(join(folder, 'cache'))).toEqual(['bundle-now', 'postgres-15-new']);
  expect(existsSync(join(folder, 'log', 'labd-1.log'))).toBe(false);
  expect(items.find(({ what }) => what === 'run b002')?.bytes).toBeGreaterThan(900_000);
  expect(items.map(({ what }) => what)).toContain('damaged run broken');
});

it('removes exports that were broken off, and no link of somebody else', () => {
  old('loadstair-export-abc');
  mkdirSync(join(folder, 'loadstair-export-now'));
  symlinkSync('/etc', join(folder, 'loadstair-export-link'));
  expect(staleExports(Date.now() + 1000, folder).map(({ path }) => path)).toEqual([join(folder, 'loadstair-export-abc')]);
});

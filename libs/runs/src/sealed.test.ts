import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Tier } from '@loadstair/topology';
import { prunable } from './prune.ts';
import { discardSealed, isSealed, openSealed, sealedRuns } from './sealed.ts';
import { createStore } from './store.ts';
import { interrupted as verdict, smallManifest as manifest, smallRunData as runData } from './testing/small-run.ts';

const web: Tier = { name: 'web', count: 1, cpu: 1, memoryMiB: 256, components: ['site'], settings: { site: { block: 40 } }, public: true };
const truth = { topology: { ...manifest.topology, tiers: [web] }, set: ['web.block=40'] };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-sealed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function sealed(): Promise<string> {
  const writer = sealedRuns(folder).create(manifest);
  writer.writeRunData(runData);
  writer.writeVerdict(verdict);
  writer.writeReport('<p>sealed</p>');
  await writer.finish();
  return writer.id;
}

describe('a sealed run', () => {
  it('is in no list of runs, and says nothing of its cause', async () => {
    const run = await sealed();
    expect(isSealed(folder, run)).toBe(true);
    expect(createStore(folder).list()).toEqual([]);
    expect(() => createStore(folder).open(run)).toThrow('Unknown run');
    expect(readFileSync(join(sealedRuns(folder).folder, run, 'manifest.json'), 'utf8')).not.toContain('block');
  });

  it('is a run like any other once it is opened, with the site that it really had', async () => {
    const run = await sealed();
    openSealed(folder, run, truth);
    expect(isSealed(folder, run)).toBe(false);
    const opened = createStore(folder).open(run);
    expect(opened.manifest).toMatchObject({ set: ['web.block=40'], topology: { tiers: [{ settings: { site: { block: 40 } } }] } });
    expect(opened.manifest.topologyHash).not.toBe(manifest.topologyHash);
    expect(readFileSync(join(opened.folder, 'report.html'), 'utf8')).not.toContain('<p>sealed</p>');
  });

  it('goes when nobody opens it', async () => {
    const run = await sealed();
    const later = Date.now() + 25 * 3_600_000;
    expect(prunable(folder, 10).filter(({ what }) => what.startsWith('sealed'))).toEqual([]);
    expect(prunable(folder, 10, later).map(({ path }) => path)).toContain(join(sealedRuns(folder).folder, run));
    discardSealed(folder, run);
    expect(existsSync(join(sealedRuns(folder).folder, run))).toBe(false);
  });

  it.each(['../runs', '', 'K3F9'])('is never “%s”', (name) => {
    expect(isSealed(folder, name)).toBe(false);
  });
});

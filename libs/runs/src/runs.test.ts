import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { create } from 'tar';
import { exportRun, importRun } from './archive.ts';
import type { Manifest } from './manifest.ts';
import { renderReport } from './report/report.ts';
import { createStore, type RunStore } from './store.ts';
import { interrupted as verdict, smallManifest, smallRunData as runData } from './testing/small-run.ts';

const manifest = { ...smallManifest, set: ['web.count=3'] };

let folder: string;
let store: RunStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-runs-'));
  store = createStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function make(change: Partial<Manifest> = {}): string {
  const writer = store.create({ ...manifest, ...change });
  writer.writeRunData({ ...runData, run: writer.id });
  writer.writeVerdict(verdict);
  return writer.id;
}
/** A run under an id of our choice. */
function makeAs(id: string): string {
  cpSync(join(store.folder, make()), join(store.folder, id), { recursive: true });
  return id;
}
const caught = (work: () => unknown): { code?: string; why?: string; exit?: number } => {
  try {
    work();
  } catch (error) {
    return error as { code?: string };
  }
  throw new Error('nothing was thrown');
};

describe('the store', () => {
  it('gives short ids and lists newest first', () => {
    const old = make();
    const fresh = make({ startedAt: '2026-02-01T00:00:00.000Z' });
    expect(old).toMatch(/^[0-9b-df-hj-np-tv-z]{4}$/);
    expect(store.list().map((run) => run.id)).toEqual([fresh, old]);
    expect(store.open('latest').id).toBe(fresh);
    expect(store.open(old).manifest).toEqual({ ...manifest, run: old });
  });

  it('keeps the versions of the programs used', () => {
    const writer = store.create({ ...manifest, versions: { node: '24.1.0' } });
    writer.keepVersions({ k6: '2.2.0' });
    expect(store.manifest(writer.id).versions).toEqual({ node: '24.1.0', k6: '2.2.0' });
    expect(writer.manifest.versions).toEqual({ node: '24.1.0', k6: '2.2.0' });
  });

  it('opens by the beginning of an id, when it is the only one', () => {
    makeAs('zzz1');
    makeAs('zzz2');
    expect(store.open('zzz1').id).toBe('zzz1');
    expect(caught(() => store.open('zzz'))).toMatchObject({ code: 'E_AMBIGUOUS_RUN', why: 'zzz1, zzz2', exit: 2 });
    expect(caught(() => store.open('nothing'))).toMatchObject({ code: 'E_UNKNOWN_RUN' });
    expect(caught(() => createStore(join(folder, 'none')).open('latest'))).toMatchObject({ code: 'E_UNKNOWN_RUN' });
  });

  it.each([
    ['a truncated file', (at: string) => truncateSync(join(at, 'run-data.json'), 20), 'E_DAMAGED_RUN', 'run-data.json'],
    ['a missing verdict', (at: string) => rmSync(join(at, 'verdict.json')), 'E_DAMAGED_RUN', 'verdict.json: it is missing'],
    ['null for run data', (at: string) => writeFileSync(join(at, 'run-data.json'), 'null'), 'E_DAMAGED_RUN', 'run-data.json'],
    ['null for a verdict', (at: string) => writeFileSync(join(at, 'verdict.json'), 'null'), 'E_DAMAGED_RUN', 'verdict.json'],
    ['null for a manifest', (at: string) => writeFileSync(join(at, 'manifest.json'), 'null'), 'E_DAMAGED_RUN', 'manifest.json'],
    ['a wrong manifest', (at: string) => writeFileSync(join(at, 'manifest.json'), '{"schema":1}'), 'E_DAMAGED_RUN', 'manifest.json: run'],
    ['a foreign folder', (at: string) => rmSync(join(at, 'manifest.json')), 'E_NOT_A_RUN', 'no manifest.json'],
    ['a newer schema', (at: string) => writeFileSync(join(at, 'manifest.json'), '{"schema":2}'), 'E_NEWER_RUN', 'its schema is 2'],
  ])('says what is wrong with %s', (_name, damage, code, why) => {
    const id = make();
    damage(join(store.folder, id));
    const error = caught(() => store.open(id));
    expect(error.code).toBe(code);
    expect(error.why).toContain(why);
  });

  it('lists a damaged run as such, and no import that goes on', () => {
    const id = make();
    writeFileSync(join(store.folder, id, 'verdict.json'), 'null');
    mkdirSync(join(store.folder, '.import-x'));
    expect(store.list()).toEqual([{ kind: 'damaged', id, reason: expect.stringContaining('verdict.json') }]);
  });
});

describe('an exported run', () => {
  const other = (): RunStore => createStore(join(folder, 'other'));
  const packed = async (fill: (at: string) => void, entries: readonly string[], preservePaths = false): Promise<string> => {
    const at = mkdtempSync(join(folder, 'pack-'));
    fill(at);
    await create({ file: join(folder, 'x.tar.gz'), gzip: true, cwd: at, preservePaths }, [...entries]);
    return join(folder, 'x.tar.gz');
  };
  const refusal = async (file: string): Promise<unknown> => importRun(other(), file).catch((error: unknown) => error);

  it('comes back whole, twice too', async () => {
    const id = make();
    const file = await exportRun(store.open(id), join(folder, 'run.tar.gz'));
    await expect(importRun(other(), file)).resolves.toBe(id);
    expect(other().open(id).runData).toEqual(store.open(id).runData);
    await expect(importRun(other(), file)).resolves.toBe(id);
    writeFileSync(join(other().folder, id, 'run-data.json'), JSON.stringify({ ...runData, run: 'else' }));
    await expect(importRun(other(), file)).rejects.toMatchObject({ code: 'E_RUN_EXISTS' });
    expect(readdirSync(other().folder)).toEqual([id]);
  });

  it.each([
    [
      'leads out of its folder',
      (at: string) => (mkdirSync(join(at, 'ab')), writeFileSync(join(at, '..', 'evil'), 'x')),
      ['ab', '../evil'],
      'leads out',
    ],
    [
      'holds a link',
      (at: string) => (mkdirSync(join(at, 'ab')), symlinkSync('/etc/passwd', join(at, 'ab', 'manifest.json'))),
      ['ab'],
      'SymbolicLink',
    ],
    ['holds two folders', (at: string) => (mkdirSync(join(at, 'ab')), mkdirSync(join(at, 'cd'))), ['ab', 'cd'], 'exactly one run'],
    ['has an odd name', (at: string) => mkdirSync(join(at, 'A b')), ['A b'], 'exactly one run'],
    [
      'has too many files',
      (at: string) => (
        mkdirSync(join(at, 'ab')),
        Array.from({ length: 501 }, (_, index) => writeFileSync(join(at, 'ab', `f${index}`), ''))
      ),
      ['ab'],
      'more than 500',
    ],
  ] as const)('is refused when it %s', async (_name, fill, entries, why) => {
    const error = await refusal(await packed(fill, entries, true));
    expect(error).toMatchObject({ code: 'E_NOT_AN_EXPORT', why: expect.stringContaining(why) });
    expect(existsSync(other().folder)).toBe(false);
  });

  it('that is no run leaves nothing', async () => {
    expect(await refusal(await packed((at) => mkdirSync(join(at, 'ab')), ['ab']))).toMatchObject({ code: 'E_NOT_A_RUN' });
    expect(readdirSync(other().folder)).toEqual([]);
    writeFileSync(join(folder, 'plain.txt'), 'not a tar file at all');
    expect(await refusal(join(folder, 'plain.txt'))).toMatchObject({ code: 'E_NOT_AN_EXPORT' });
    expect(await refusal(join(folder, 'absent'))).toMatchObject({ code: 'E_NO_FILE' });
  });
});

describe('the report', () => {
  const page = renderReport({ search: null, confirmation: null, manifest: { ...manifest, run: 'ab12' }, runData, verdict, events: [] });
  const said = page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]+>/g, ' ');

  it('opens offline: nothing comes from elsewhere', () => {
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\((?!#)/i);
    expect(page).toContain("default-src 'none'");
    expect(Buffer.byteLength(page)).toBeLessThan(1.5 * 2 ** 20);
  });

  it('escapes what it was given', () => {
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&#60;script&#62;alert(1)');
  });

  it('of a refused run says so under a hatched header and claims nothing', () => {
    expect(said).toContain('Refused: the run was stopped before its end. INTERRUPTED');
    expect(page).toContain('class="verdict refused"');
    expect(page).toMatch(/\.verdict\.refused \{\s*background: repeating-linear-gradient/);
    expect(said).not.toMatch(/capacity|\blimits\b/i);
  });
});

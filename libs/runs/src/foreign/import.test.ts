import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Header } from 'tar';
import { importRun } from '../archive.ts';
import { earlierRuns } from '../earlier-runs.ts';
import { createStore, type RunStore } from '../store.ts';

const RECORDED = join(import.meta.dirname, '../../../../apps/labd/fixtures/stage-3-quick.tar.gz');
const ID = 'c86t';

let folder: string;
let run: string;
let store: RunStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-import-'));
  execFileSync('tar', ['xzf', RECORDED, '-C', folder]);
  run = join(folder, ID);
  store = createStore(join(folder, 'lab'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function importChanged(change: () => void): Promise<string> {
  change();
  const file = join(folder, 'run.tar.gz');
  execFileSync('tar', ['czf', file, '-C', folder, ID]);
  return importRun(store, file);
}
const refused = (change: () => void): Promise<unknown> => importChanged(change).catch((error: unknown) => error);
const edit = (name: string, change: (value: Record<string, unknown>) => void): void => {
  const value = JSON.parse(readFileSync(join(run, name), 'utf8')) as Record<string, unknown>;
  change(value);
  writeFileSync(join(run, name), JSON.stringify(value));
};

describe('an import', () => {
  it('takes the label of a run as plain text', async () => {
    await importChanged(() =>
      writeFileSync(join(run, 'label.json'), JSON.stringify({ schema: 1, name: '<b>x</b>\u001b[2J', note: 'why', starred: true })),
    );
    expect(store.labelOf(ID)).toEqual({ name: '<b>x</b>[2J', note: 'why', starred: true });
  });

  it.each([
    ['too long', { schema: 1, name: 'x'.repeat(81), note: '', starred: false }],
    ['of another shape', { schema: 1, name: 'x', note: '', starred: false, script: '' }],
  ])('refuses a label that is %s', async (_, label) => {
    expect(await refused(() => writeFileSync(join(run, 'label.json'), JSON.stringify(label)))).toMatchObject({ code: 'E_DAMAGED_RUN' });
  });

  it('takes known files only, none with a mode of the archive', async () => {
    await importChanged(() => {
      writeFileSync(join(run, 'id'), 'program');
      chmodSync(join(run, 'id'), 0o4755);
      chmodSync(join(run, 'run-data.json'), 0o6777);
      mkdirSync(join(run, 'nested'));
      writeFileSync(join(run, 'nested', 'manifest.json'), '{}');
      writeFileSync(join(run, 'logs', '.hidden.ndjson'), '');
      chmodSync(join(run, 'logs'), 0o7777);
    });
    const taken = join(store.folder, ID);
    for (const absent of ['id', 'nested', join('logs', '.hidden.ndjson')]) expect(existsSync(join(taken, absent))).toBe(false);
    expect(statSync(join(taken, 'run-data.json')).mode & 0o7777).toBe(0o644);
    expect(statSync(join(taken, 'manifest.json')).mode & 0o7777).toBe(0o644);
    expect(statSync(join(taken, 'logs')).mode & 0o7000).toBe(0);
    expect(lstatSync(taken).isDirectory()).toBe(true);
  });

  it('refuses a device and a link', async () => {
    expect(await refused(() => execFileSync('mkfifo', [join(run, 'samples.ndjson')]))).toMatchObject({ code: 'E_NOT_AN_EXPORT' });
    rmSync(join(run, 'samples.ndjson'));
    expect(await refused(() => symlinkSync('/etc/shadow', join(run, 'samples.ndjson')))).toMatchObject({ code: 'E_NOT_AN_EXPORT' });
  });

  it('makes the report anew', async () => {
    await importChanged(() => {
      writeFileSync(join(run, 'report.html'), '<script>alert(1)</script>');
      edit('manifest.json', (manifest) => (manifest['command'] = './lab run 1; id'));
    });
    const report = readFileSync(join(store.folder, ID, 'report.html'), 'utf8');
    expect(report).not.toContain('alert(1)');
    // The script that plays the run has the hash that the policy names.
    expect(report.match(/<script>/g)).toHaveLength(1);
    expect(report).not.toContain('Repeat it');
    expect(report).toContain("default-src 'none'");
  });

  it('is marked, and never tells what is usual on this machine', async () => {
    await importChanged(() => edit('manifest.json', (manifest) => (manifest['startedAt'] = '2099-01-01T00:00:00.000Z')));
    const { manifest } = store.open(ID);
    expect(manifest.imported?.atMs).toBeGreaterThan(0);
    expect(earlierRuns(join(folder, 'lab'), { ...manifest, run: 'else' })).toEqual([]);
    const fresh = store.create({ ...manifest, imported: undefined, startedAt: new Date(Date.now() + 1000).toISOString() });
    fresh.writeRunData(store.open(ID).runData);
    fresh.writeVerdict(store.open(ID).verdict);
    expect(store.open('latest').id).toBe(fresh.id);
  });

  it.each<[string, string, () => void]>([
    ['verdict.json', 'a verdict that is only a kind', () => writeFileSync(join(run, 'verdict.json'), '{"schema":1,"kind":"named"}')],
    ['run-data.json', 'run data without a profile', () => edit('run-data.json', (data) => delete data['profile'])],
    ['events.ndjson', 'a line that is no event', () => writeFileSync(join(run, 'events.ndjson'), 'null\n{}\n')],
    ['series.json', 'series of another shape', () => writeFileSync(join(run, 'series.json'), '[]')],
    ['manifest.json', 'the manifest of another run', () => edit('manifest.json', (manifest) => (manifest['run'] = '../../x'))],
    ['manifest.json', 'a start that is no time', () => edit('manifest.json', (manifest) => (manifest['startedAt'] = 'soon'))],
  ])('refuses by name of the file %s: %s', async (file, _what, change) => {
    expect(await refused(change)).toMatchObject({ code: 'E_DAMAGED_RUN', why: expect.stringContaining(file) });
    expect(existsSync(join(store.folder, ID))).toBe(false);
  });

  it('refuses a file that is too large by what the archive says of it', async () => {
    expect(await refused(() => writeFileSync(join(run, 'manifest.json'), ' '.repeat(2 * 2 ** 20)))).toMatchObject({
      why: expect.stringContaining('larger than 1 MiB'),
    });
  });

  it('refuses a bomb while it reads', async () => {
    const bomb = join(folder, 'bomb.tar.gz');
    const header = Buffer.alloc(512);
    // Files that no run has have no limit of their own.
    new Header({ path: `${ID}/zeros`, type: 'File', mode: 0o644, size: 300 * 2 ** 20 }).encode(header);
    const piece = gzipSync(Buffer.alloc(2 ** 20));
    writeFileSync(bomb, Buffer.concat([gzipSync(header), ...Array.from({ length: 300 }, () => piece)]));
    await expect(importRun(store, bomb)).rejects.toMatchObject({ code: 'E_NOT_AN_EXPORT', why: 'it unpacks to more than 256 MiB' });
  }, 30_000);

  it('does not unpack twice what was packed twice', async () => {
    const file = join(folder, 'twice.tar.gz');
    writeFileSync(file, gzipSync(readFileSync(RECORDED)));
    await expect(importRun(store, file)).rejects.toMatchObject({ code: 'E_NOT_AN_EXPORT', why: 'it is not a tar archive in gzip' });
  });

  it('has no text that steers a terminal', async () => {
    await importChanged(() => edit('manifest.json', (manifest) => (manifest['profile'] = 'reads\u001b]52;c;eA==\u0007\u202e\u009b2J')));
    expect(store.open(ID).manifest.profile).toBe('reads]52;c;eA==2J');
  });
});

describe('stored runs', () => {
  it('hide no other when one is damaged, and a torn last line is left out', async () => {
    await importChanged(() => {});
    for (const id of ['bad1', 'bad2', 'bad3']) {
      execFileSync('cp', ['-r', join(store.folder, ID), join(store.folder, id)]);
    }
    writeFileSync(join(store.folder, 'bad1', 'verdict.json'), '{"schema":1,"kind":"named"}');
    writeFileSync(join(store.folder, 'bad2', 'manifest.json'), '['.repeat(100_000));
    rmSync(join(store.folder, 'bad3', 'events.ndjson'));
    writeFileSync(join(store.folder, 'stray.txt'), 'not a run');
    const kinds = Object.fromEntries(store.list().map((listed) => [listed.id, listed.kind]));
    expect(kinds).toEqual({ [ID]: 'run', bad1: 'damaged', bad2: 'damaged', bad3: 'run' });
    expect(store.events('bad3')).toEqual([]);
    writeFileSync(
      join(store.folder, ID, 'events.ndjson'),
      '{"type":"host","atMs":1,"host":"web-1","kind":"died","detail":"x"}\n{"type":"ho',
    );
    expect(store.events(ID)).toHaveLength(1);
  });
});

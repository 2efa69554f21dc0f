import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OpenedRun } from '../run-folder.ts';
import { createStore } from '../store.ts';
import { interrupted, smallManifest, smallRunData } from '../testing/small-run.ts';
import { PACKED, packRecorded } from './pack-recorded.ts';
import { recordedStore, unpackRecorded } from './recorded-store.ts';

let checkout: string;
let elsewhere: string;
let run: OpenedRun;

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'loadstair-record-'));
  elsewhere = mkdtempSync(join(tmpdir(), 'loadstair-recorded-'));
  const store = createStore(join(checkout, '.lab'));
  const writer = store.create(smallManifest);
  writer.writeSamples({ readings: [{ atMs: 1 }], soft: [] }, 0);
  writer.writeRunData(smallRunData);
  writer.writeVerdict(interrupted);
  writer.appendLog('web-1', [JSON.stringify({ level: 50, msg: `cannot read ${checkout}/.lab/x` })]);
  const report = writer.writeReport('<p>');
  const end = { checks: { passed: 0, of: 1 }, observerShareOfCore: 0, lines: [], capacity: null };
  writer.appendEvent({ type: 'verdict', atMs: 5, run: writer.id, verdict: interrupted, report, ...end });
  store.label(writer.id, { name: 'mine', note: '', starred: true });
  run = store.open(writer.id);
});
afterEach(() => {
  rmSync(checkout, { recursive: true, force: true });
  rmSync(elsewhere, { recursive: true, force: true });
});

async function recordedFile(name = run.id): Promise<string> {
  const file = join(elsewhere, `${name}${PACKED}`);
  writeFileSync(file, await packRecorded(run));
  return file;
}

describe('a recorded run', () => {
  it('is what was measured, without raw samples, label, report and the path of its checkout', async () => {
    await unpackRecorded(elsewhere, [await recordedFile()]);
    const folder = join(elsewhere, 'recorded', 'runs', run.id);
    expect(readFileSync(join(folder, 'run-data.json'), 'utf8')).toBe(readFileSync(join(run.folder, 'run-data.json'), 'utf8'));
    expect(['samples.ndjson', 'label.json', 'report.html'].filter((name) => existsSync(join(folder, name)))).toEqual([]);
    const [event] = recordedStore(elsewhere, [run.id]).events(run.id);
    expect(event).toMatchObject({ type: 'verdict', report: `.lab/runs/${run.id}/report.html` });
    expect(readFileSync(join(folder, 'logs', 'web-1.ndjson'), 'utf8')).toContain('cannot read .lab/x');
  });

  it('is the same file whenever it is recorded', async () => {
    expect((await packRecorded(run)).equals(await packRecorded(run))).toBe(true);
  });

  it('may be unpacked by two commands at once, and again', async () => {
    const file = await recordedFile();
    await Promise.all([unpackRecorded(elsewhere, [file]), unpackRecorded(elsewhere, [file])]);
    await unpackRecorded(elsewhere, [file]);
    expect(recordedStore(elsewhere, [run.id]).list()).toMatchObject([{ kind: 'run', id: run.id }]);
  });

  it('is refused under the name of another', async () => {
    await expect(unpackRecorded(elsewhere, [await recordedFile('0000')])).rejects.toMatchObject({ code: 'E_NOT_AN_EXPORT' });
    expect(recordedStore(elsewhere, ['0000']).list()).toEqual([]);
  });
});

describe('stores', () => {
  beforeEach(async () => unpackRecorded(elsewhere, [await recordedFile()]));

  it('list recorded runs where they are asked for, and nowhere else', () => {
    expect(recordedStore(elsewhere, []).list()).toEqual([]);
    expect(createStore(elsewhere).list()).toEqual([]);
    expect(() => createStore(elsewhere).open('latest')).toThrow(expect.objectContaining({ code: 'E_UNKNOWN_RUN' }));
  });

  it('read them by their id, and make the report that they come without', () => {
    const store = createStore(elsewhere);
    expect(store.open(run.id)).toMatchObject({ id: run.id, runData: smallRunData, verdict: { kind: 'refused' } });
    expect(store.manifest(run.id)).toEqual(run.manifest);
    expect(readFileSync(store.report(run.id), 'utf8')).toContain(`run ${run.id}`);
  });

  it('change none of them', () => {
    const refused = expect.objectContaining({ code: 'E_RECORDED_RUN' });
    for (const store of [createStore(elsewhere), recordedStore(elsewhere, [run.id])]) {
      expect(() => store.remove(run.id)).toThrow(refused);
      expect(() => store.label(run.id, { name: 'x', note: '', starred: false })).toThrow(refused);
    }
    expect(() => recordedStore(elsewhere, [run.id]).create(smallManifest)).toThrow(refused);
  });

  it('read runs of the lab itself beside them', () => {
    const own = createStore(elsewhere).create(smallManifest);
    own.writeRunData(smallRunData);
    own.writeVerdict(interrupted);
    const store = recordedStore(elsewhere, [run.id]);
    expect(store.open(own.id).id).toBe(own.id);
    expect(store.list().map(({ id }) => id)).toEqual([run.id]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { countKills, killFile, readRecords, writeRecords, type KillRecord } from './kill-records.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kills-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const clean: KillRecord = {
  command: 'run',
  stage: 3,
  target: 'k6',
  program: 'k6',
  absent: ['prometheus'],
  afterS: 9.3,
  end: 'alone',
  left: [],
};

describe('rounds that are done', () => {
  it('are none for a new seed, and go on where they stopped', () => {
    expect(readRecords(folder, 7)).toEqual([]);
    writeRecords(folder, 7, [clean]);
    writeRecords(folder, 7, [...readRecords(folder, 7), { ...clean, target: null, left: ['process 12'] }]);
    expect(readRecords(folder, 7).map(({ left }) => left)).toEqual([[], ['process 12']]);
    expect(readRecords(folder, 8)).toEqual([]);
  });

  it.each(['', '{"schema":1,"seed":7', '{"schema":1,"seed":8,"rounds":[]}', '{"schema":1,"seed":7,"rounds":[{"command":"rm"}]}', 'null'])(
    'are refused by name when the file holds %j',
    (text) => {
      writeRecords(folder, 7, []);
      writeFileSync(killFile(folder, 7), text);
      expect(() => readRecords(folder, 7)).toThrow(expect.objectContaining({ code: 'E_BAD_KILLS', why: expect.stringContaining(folder) }));
    },
  );

  it('are counted by target and command', () => {
    const rows = countKills([clean, clean, { ...clean, command: 'down', target: null }]);
    expect(rows.find(({ target }) => target === 'k6')?.counts).toEqual([0, 2, 0, 0]);
    expect(rows.find(({ target }) => target === null)?.counts).toEqual([0, 0, 0, 1]);
  });
});

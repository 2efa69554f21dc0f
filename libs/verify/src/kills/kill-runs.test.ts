import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { removeRuns, runIds, runsOfRound, unreadableRuns } from './kill-runs.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kills-'));
  for (const id of ['old0', 'name', 'sent', 'else']) mkdirSync(join(folder, 'runs', id), { recursive: true });
  writeFileSync(join(folder, 'runs', 'sent', 'events.ndjson'), '{"address":"127.55.0.1"}\n');
  writeFileSync(join(folder, 'runs', 'else', 'events.ndjson'), '{"address":"127.5.0.1"}\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('runs of a round', () => {
  const round = { instance: 55, before: ['old0'], output: 'console  …\n00:00 run=name stage=1\n' };

  it('are never those of another lab or those from before', () => {
    expect(runsOfRound(folder, { ...round, alone: false }).sort()).toEqual(['name', 'sent']);
    expect(runsOfRound(folder, { ...round, alone: true }).sort()).toEqual(['else', 'name', 'sent']);
  });

  it('may be damaged, if the list says so', () => {
    expect(unreadableRuns(folder, ['name', 'sent'])).toEqual([]);
    expect(unreadableRuns(folder, ['gone'])).toEqual(['run gone is not listed']);
  });

  it('are removed, and no others', () => {
    removeRuns(folder, ['name', 'sent']);
    expect([...runIds(folder)].sort()).toEqual(['else', 'old0']);
  });
});

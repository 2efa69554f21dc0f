import { describe, expect, it } from '@jest/globals';
import type { KillRecord } from '@loadstair/verify';
import { plainStream } from './io.ts';
import { killLine, killSummary } from './kills-view.ts';

const out = plainStream(() => {});
const clean: KillRecord = {
  command: 'run',
  stage: 3,
  target: 'k6',
  program: 'k6',
  absent: [],
  afterS: 9.3,
  end: 'alone',
  left: [],
};
const dirty: KillRecord = { ...clean, target: 'host', program: 'redis-server of redis-1', left: ['process 12', 'mount /x'] };

describe('rounds of kills', () => {
  it('are a line each, with what was left below', () => {
    expect(killLine(clean, { round: 12, rounds: 200 }, out)).toEqual(['12/200 run 3 --quick · k6 after 9.3 s · clean']);
    expect(killLine(dirty, { round: 13, rounds: 200 }, out)).toEqual([
      '13/200 run 3 --quick · host (redis-server of redis-1) after 9.3 s · 2 left',
      '  process 12',
      '  mount /x',
    ]);
  });

  it('are counted, and every dirty one is named again, within 80 columns', () => {
    const lines = killSummary([clean, dirty, { ...clean, command: 'down', target: null, program: null }], 7, out);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.find((line) => line.startsWith('k6'))?.split(/\s+/)).toEqual(['k6', '–', '1', '–', '–']);
    expect(lines).toContain('✗ 2/3 run 3 --quick · host (redis-server of redis-1) after 9.3 s · 2 left');
    expect(lines.at(-1)).toBe('2 of 3 rounds clean, seed 7');
  });
});

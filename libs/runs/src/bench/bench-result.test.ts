import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { benchHistory } from './bench-history.ts';
import { benchOutcome, benchRow, type Bar, type BenchResult } from './bench-result.ts';

describe('a row against its bar', () => {
  const row = (value: number, interval: readonly [number, number] | null, bar: Bar | null): string =>
    benchRow({ id: 'x', what: 'x', unit: 'ratio', value, interval, bar, detail: '' }).outcome;
  const atLeast: Bar = { kind: 'at-least', value: 0.85 };
  const atMost: Bar = { kind: 'at-most', value: 0.05 };

  it.each([
    ['the whole interval is above', 0.93, [0.9, 0.96], atLeast, 'holds'],
    ['it touches from above', 0.9, [0.85, 0.95], atLeast, 'holds'],
    ['the whole interval is below', 0.8, [0.77, 0.83], atLeast, 'missed'],
    ['the interval lies on both sides', 0.86, [0.82, 0.9], atLeast, 'unsure'],
    ['one value is under a limit', 0.049, null, atMost, 'holds'],
    ['one value is over a limit', 0.051, null, atMost, 'missed'],
    ['an interval crosses a limit', 0.04, [0.02, 0.06], atMost, 'unsure'],
    ['there is no bar', 0.04, null, null, 'noted'],
  ] as const)('%s', (_, value, interval, bar, expected) => {
    expect(row(value, interval, bar)).toBe(expected);
  });
});

describe('a whole bench', () => {
  const rows = (...outcomes: ('holds' | 'missed' | 'unsure')[]): BenchResult['rows'] =>
    outcomes.map((outcome) => ({ id: '', what: '', unit: 'ratio', value: 1, interval: null, bar: null, detail: '', outcome }));

  it('is missed by one row, unsure by one that cannot tell, and never judged on a busy machine', () => {
    expect(benchOutcome({ rows: rows('holds', 'holds'), busy: null })).toBe('holds');
    expect(benchOutcome({ rows: rows('holds', 'unsure'), busy: null })).toBe('unsure');
    expect(benchOutcome({ rows: rows('unsure', 'missed'), busy: null })).toBe('missed');
    expect(benchOutcome({ rows: rows('holds', 'missed'), busy: 'PHYS_CPU: 12 % idle' })).toBe('unsure');
  });
});

describe('the history', () => {
  let folder = '';
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'bench-history-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives back what was appended, the last ones, oldest first', () => {
    const history = benchHistory(folder);
    expect(history.last(10)).toEqual([]);
    for (const seconds of [1, 2, 3]) history.append(result(seconds));
    expect(benchHistory(folder).last(2)).toEqual([result(2), result(3)]);
  });

  it('says which line is damaged or of another version', () => {
    const history = benchHistory(folder);
    history.append(result(1));
    appendFileSync(history.file, '{"schema":2}\n');
    expect(() => history.last(5)).toThrow(/Line 2 of .*history.ndjson.*schema 2/);
    appendFileSync(history.file, '{"schema":1,"at"\n');
    expect(() => history.last(1)).toThrow(/Line 3 .*not JSON/);
  });
});

function result(seconds: number): BenchResult {
  return {
    schema: 1,
    at: '2026-11-24T20:00:00.000Z',
    quick: true,
    seconds,
    machine: { cores: 2, model: 'x', kernel: '6', node: '24' },
    rows: [],
    busy: null,
  };
}

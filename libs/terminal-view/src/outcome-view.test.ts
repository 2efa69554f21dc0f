import { describe, expect, it } from '@jest/globals';
import type { ExperimentOutcome } from '@loadstair/experiments';
import { plainStream } from './io.ts';
import { experimentExit, outcomeBlock } from './outcome-view.ts';

const held: ExperimentOutcome = {
  schema: 1,
  experiment: 'kill-web',
  stage: 3,
  title: 'A web server dies under load',
  quick: true,
  kind: 'held',
  results: [
    {
      about: 'failed requests lie in the health check’s window',
      expected: 'all within 1,250 ms of the crash (1,000 + 250)',
      measured: '3 of 1,204 failed, 0 of them outside; back after 41 ms',
      holds: true,
      details: ['one line of detail'],
      values: { failed: 3 },
    },
  ],
  checks: [],
  table: null,
};

const block = (outcome: ExperimentOutcome, columns = 80): string[] =>
  outcomeBlock(
    outcome,
    plainStream(() => {}, columns),
  ).split('\n');

describe('what an experiment came to', () => {
  it('is said first, then expectation by expectation', () => {
    expect(block(held)).toEqual([
      '✓ kill-web: 1 of 1 expectations met.',
      '  ✓ failed requests lie in the health check’s window',
      '    expected  all within 1,250 ms of the crash (1,000 + 250)',
      '    measured  3 of 1,204 failed, 0 of them outside; back after 41 ms',
      '              one line of detail',
      '',
    ]);
  });

  it('shows what did not hold, and what was not seen', () => {
    const [result] = held.results;
    if (result === undefined) throw new Error('no result');
    const lines = block({
      ...held,
      kind: 'not-held',
      results: [
        { ...result, holds: false },
        { ...result, holds: null },
      ],
    });
    expect(lines[0]).toBe('✗ kill-web: 0 of 2 expectations met.');
    expect(lines.filter((line) => /^ {2}[✗×] failed/.test(line))).toHaveLength(2);
  });

  it('is refused by name, with the number and what to do', () => {
    const check = {
      code: 'PHYS_CPU',
      outcome: 'refuse',
      measured: '4 % of the machine idle',
      allowed: '30 % idle',
      value: 0.04,
      limit: 0.3,
    } as const;
    const lines = block({ ...held, kind: 'refused', checks: [{ ...check, advice: 'close other programs', steps: [1] }] });
    expect(lines.slice(0, 3)).toEqual([
      '× kill-web: this run cannot be judged (PHYS_CPU).',
      '  × PHYS_CPU    4 % of the machine idle; allowed 30 % idle',
      '    do          close other programs',
    ]);
  });

  it('lays phases side by side', () => {
    const table = {
      head: ['', 'full at', 'price'],
      rows: [
        ['one', '80.0/s', '20.00'],
        ['another', '9.0/s', '1.00'],
      ],
    };
    expect(block({ ...held, table }).slice(-5)).toEqual([
      '',
      '            full at   price',
      '  one        80.0/s   20.00',
      '  another     9.0/s    1.00',
      '',
    ]);
  });

  it.each([80, 60, 50])('fits in %d columns', (columns) => {
    for (const line of block(held, columns)) expect(line.length).toBeLessThanOrEqual(columns);
  });

  it.each([
    ['held', 0],
    ['not-held', 5],
    ['refused', 3],
  ] as const)('%s ends with %d', (kind, status) => {
    expect(experimentExit({ ...held, kind })).toBe(status);
  });
});

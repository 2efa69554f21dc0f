import { expect, it } from '@jest/globals';
import { csv, timelineCsv } from './csv.ts';

it('quotes what has commas, quotes or line ends in it, and leaves out what is not known', () => {
  expect(
    csv(
      ['a', 'b', 'c'],
      [
        ['x, y', 'say "so"', null],
        [1.5, true, 'plain'],
      ],
    ),
  ).toBe('a,b,c\r\n"x, y","say ""so""",\r\n1.5,true,plain\r\n');
});

it('has no cell that a spreadsheet would compute, and leaves negative numbers alone', () => {
  expect(csv(['a', 'b'], [['=HYPERLINK("x")', -1]])).toBe(`a,b\r\n"'=HYPERLINK(""x"")",-1\r\n`);
});

it('has a row for every slice of a timeline', () => {
  const timeline = {
    startMs: 1_000,
    sliceS: 1,
    requests: [10, 12],
    failed: [0, 3],
    completed: [4, 5],
    medianMs: [20, null],
    quantileMs: [80, null],
    phases: [{ name: 'both', startMs: 1_000, endMs: 3_000, offered: 4.5 }],
    marks: [],
  };
  expect(timelineCsv(timeline, { quantile: 0.95, latencyMs: 250, errorShare: 0.01 }).split('\r\n')).toEqual([
    'time_s,phase,offered_per_s,completed_per_s,requests,failed,p50_ms,p95_ms',
    '0,both,4.5,4,10,0,20,80',
    '1,both,4.5,5,12,3,,',
    '',
  ]);
});

import { describe, expect, it } from '@jest/globals';
import { format, runTime, unitOf, UnknownUnit } from './format.ts';

describe('format', () => {
  it.each([
    ['short', 0, null, '0'],
    ['short', 12_345, null, '12,345'],
    ['short', 1.5, 0, '2'],
    ['short', 0.0123, null, '0.012'],
    ['percentunit', 0.974, null, '97.4 %'],
    ['percentunit', 0, null, '0 %'],
    ['percentunit', 1.02, null, '102 %'],
    ['s', 0, null, '0 s'],
    ['s', 0.000_45, null, '450 µs'],
    ['s', 0.0381, null, '38.1 ms'],
    ['s', 0.25, null, '250 ms'],
    ['s', 0.9999, null, '1 s'],
    ['s', 4.1, null, '4.1 s'],
    ['s', 300, null, '5 min'],
    ['bytes', 0, null, '0 B'],
    ['bytes', 1536, null, '1.5 KiB'],
    ['bytes', 3 * 2 ** 30, null, '3 GiB'],
    ['binBps', 2 ** 20, null, '1 MiB/s'],
    ['reqps', 24.41, null, '24.4/s'],
    ['suffix: arrivals/s', 36, null, '36 arrivals/s'],
    ['currencyUSD', 6.98, 0, '$7'],
    ['none', 3, null, '3'],
  ])('writes in %s %d (decimals %s) as %s', (unit, value, decimals, expected) => {
    expect(format(value, unitOf(unit), decimals)).toBe(expected);
  });

  it('never writes a value that is not there as a number', () => {
    expect(format(null, unitOf('short'))).toBe('–');
  });

  it('knows no unit it cannot write', () => {
    expect(() => unitOf('velocitykmh')).toThrow(UnknownUnit);
  });
});

it.each([
  [0, '0:00'],
  [59.6, '1:00'],
  [225, '3:45'],
  [-3, '0:00'],
])('run time %d s is %s', (elapsedS, expected) => {
  expect(runTime(elapsedS)).toBe(expected);
});

import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { utcMinute } from './times.ts';

let zone: string | undefined;
beforeEach(() => {
  zone = process.env['TZ'];
  process.env['TZ'] = 'Asia/Tokyo';
});
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

it('tells a time with its zone, the same wherever it is read', () => {
  expect(utcMinute('2026-11-24T20:31:07.000Z')).toBe('2026-11-24 20:31 UTC');
  expect(utcMinute('2026-11-25T05:31:07+09:00')).toBe('2026-11-24 20:31 UTC');
  expect(utcMinute('soon')).toBe('unknown time');
});

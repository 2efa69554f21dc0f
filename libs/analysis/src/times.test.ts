import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

/** In a program of its own: a zone that is set while a program runs is not always taken. */
function inZone(zone: string, isos: readonly string[]): unknown {
  const program = `
    const { utcMinute } = await import(${JSON.stringify(join(import.meta.dirname, 'times.ts'))});
    console.log(JSON.stringify([new Date(0).getTimezoneOffset(), ...${JSON.stringify(isos)}.map(utcMinute)]));`;
  const words = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8', env: { TZ: zone } });
  return JSON.parse(words);
}

it.each([
  ['Asia/Tokyo', -540],
  ['America/Lima', 300],
])('tells a time with its zone, the same when it is read in %s', (zone, offset) => {
  expect(inZone(zone, ['2026-11-24T20:31:07.000Z', '2026-11-25T05:31:07+09:00', 'soon'])).toEqual([
    offset,
    '2026-11-24 20:31 UTC',
    '2026-11-24 20:31 UTC',
    'unknown time',
  ]);
});

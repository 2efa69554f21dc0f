import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { readState } from './labd-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadstair-state-'));
const file = join(folder, 'labd.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['empty', ''],
  ['torn', '{"pid":12,"url":"http://127.'],
  ['NUL', '\0'.repeat(90)],
  ['null', 'null'],
  ['foreign', '{"pid":"1"}'],
  ['elsewhere', '{"pid":1,"url":"http://10.0.0.1:4600","token":"x"}'],
])('a state file that is %s is no labd', (_name, text) => {
  writeFileSync(file, text);
  expect(readState(file, 1)).toBeNull();
});

it('no state file is no labd, and a whole one is', () => {
  expect(readState(join(folder, 'none.json'), 1)).toBeNull();
  const state = { pid: 1, url: 'http://127.0.0.1:4600', token: 'x' };
  writeFileSync(file, JSON.stringify({ ...state, sources: 'abc' }));
  expect(readState(file, 1)).toEqual({ ...state, sources: 'abc' });
});

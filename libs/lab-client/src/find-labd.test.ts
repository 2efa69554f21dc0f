import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { clientOver } from '@loadstair/lab-api/client';
import { isOutdated, readState } from './find-labd.ts';
import type { LabdClient } from './labd-http.ts';

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
  expect(readState(file, 1)).toEqual({ ...state, pages: state.url, sources: 'abc' });
  writeFileSync(file, JSON.stringify({ ...state, pages: 'http://127.0.0.1:4700', sources: 'abc' }));
  expect(readState(file, 1)?.pages).toBe('http://127.0.0.1:4700');
});

describe('a labd of another version', () => {
  /** A labd that was started from commit `aaaa…`, answers what it is doing, and is gone when it is told to end. */
  const labd = (state: string, asked: string[]): LabdClient => ({
    pid: 2 ** 30,
    url: 'http://127.0.0.1:4600',
    pages: 'http://127.0.0.1:4600',
    key: '',
    sources: 'a'.repeat(40),
    call: clientOver(async ({ address }) => {
      if (address !== '/api/status') asked.push(address);
      return { state };
    }),
    async *lines() {},
    async *events() {},
  });

  it('is ended when it has nothing to do', async () => {
    const asked: string[] = [];
    expect(await isOutdated(labd('idle', asked), 1, 'b'.repeat(40))).toBe(true);
    expect(asked).toEqual(['/api/shutdown']);
  });

  it('is left alone, and named, when it is busy', async () => {
    const asked: string[] = [];
    await expect(isOutdated(labd('running', asked), 2, 'b'.repeat(40))).rejects.toMatchObject({
      code: 'E_OTHER_VERSION',
      why: 'it was started from commit aaaaaaa, and this is bbbbbbb',
      do: './lab down --instance 2, then run it again',
    });
    expect(asked).toEqual([]);
  });

  it('is what it should be where the commit is the same, or not known', async () => {
    for (const stamp of ['a'.repeat(40), '']) expect(await isOutdated(labd('running', []), 1, stamp)).toBe(false);
  });
});

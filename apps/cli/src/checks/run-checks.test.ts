import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { stream, type Stream } from '../io.ts';
import type { Check } from './check.ts';
import { jestCheck, programCheck } from './programs.ts';
import { oneByOne, sideBySide } from './run-checks.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadstair-checks-'));
const program = (name: string, text: string): string => {
  const file = join(folder, `${name}.cjs`);
  writeFileSync(file, text);
  return file;
};
const good: Check = programCheck('good', program('good', `console.log('all is well')`), []);
const bad: Check = programCheck('bad', program('bad', `console.error('something is not'); process.exit(3)`), []);
const killed: Check = programCheck('killed', program('killed', `process.kill(process.pid, 'SIGKILL')`), []);
const broken: Check = { name: 'broken', run: () => Promise.reject(new Error('it cannot be run')) };
const slow: Check = {
  name: 'slow',
  async run(show) {
    show('slow begins\n');
    await delay(100);
    show('slow ends\n');
    return { passed: 7, failed: 0 };
  },
};

let written: string;
let err: Stream;
beforeEach(() => {
  written = '';
  err = stream({ write: (text: string) => Boolean((written += text)) }, { environment: {}, noColor: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('checks', () => {
  it('are counted; one that fails, is killed or cannot be run counts as failed and stops no other', async () => {
    expect(await oneByOne([bad, killed, broken, good], err)).toEqual({ passed: 1, failed: 3 });
    expect(written).toMatch(
      /▸ bad\nsomething is not\n\S+ bad\n▸ killed\n\S+ killed\n▸ broken\nit cannot be run\n\S+ broken\n▸ good\nall is well\n$/,
    );
  });

  it('count the same side by side', async () => {
    expect(await sideBySide([[bad], [killed, broken], [slow, good]], 2, err)).toEqual({ passed: 8, failed: 3 });
    expect(written).toMatch(/▸ bad: 0 passed, 1 failed, \d s\nsomething is not\n\S+ bad\n/);
    expect(written).toMatch(/▸ broken: 0 passed, 1 failed, \d s\nit cannot be run\n\S+ broken\n/);
    expect(
      written
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('▸')),
    ).toHaveLength(5);
  });

  it('side by side run at once, never more than allowed, in the order of their list, and are not mixed', async () => {
    let [now, most] = [0, 0];
    const ended: string[] = [];
    const counting = (name: string): Check => ({
      name,
      async run(show) {
        now += 1;
        most = Math.max(most, now);
        const result = await slow.run(show);
        now -= 1;
        ended.push(name);
        return result;
      },
    });
    await sideBySide([[counting('a1'), counting('a2')], [counting('b')], [counting('c')]], 2, err);
    expect(most).toBe(2);
    expect(ended.indexOf('a1')).toBeLessThan(ended.indexOf('a2'));
    expect(written.replaceAll(/▸ \w+: 7 passed, 0 failed, \d s\nslow begins\nslow ends\n/g, '')).toBe('');
  });
});

describe('Jest as a check', () => {
  const own = join(folder, 'jest');
  const tests = (name: string, text: string): Check => {
    writeFileSync(join(folder, `${name}.test.cjs`), text);
    const config = JSON.stringify({ rootDir: folder, testMatch: [`**/${name}.test.cjs`], cacheDirectory: own, haste: {} });
    return jestCheck(name, ['--config', config]);
  };
  beforeAll(() => writeFileSync(join(folder, 'package.json'), '{}'));

  it.each([
    ['tests that pass and fail', `test('a', () => {}); test('b', () => { throw new Error('no'); });`, { passed: 1, failed: 1 }],
    ['a file that cannot be read', `this is no script`, { passed: 0, failed: 1 }],
    ['a process that dies in the middle', `test('a', () => process.kill(process.pid, 'SIGKILL'));`, { passed: 0, failed: 1 }],
  ])(
    'counts %s',
    async (_what, text, expected) => {
      expect(await oneByOne([tests('one', text)], err)).toEqual(expected);
    },
    30_000,
  );
});

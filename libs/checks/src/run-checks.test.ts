import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isAlive, until } from '@loadstair/kit/node';
import { stream, type Stream } from '@loadstair/terminal-view/io';
import type { Check } from './check.ts';
import { jestCheck, programCheck } from './programs.ts';
import { oneByOne, sideBySide, type CheckList } from './run-checks.ts';

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

/** Nobody ends them early. */
const { signal } = new AbortController();
let written: string;
let err: Stream;
beforeEach(() => {
  written = '';
  err = stream({ write: (text: string) => Boolean((written += text)) }, { environment: {}, noColor: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('checks', () => {
  it('are counted; one that fails, is killed or cannot be run counts as failed and stops no other', async () => {
    expect(await oneByOne([bad, killed, broken, good], err, signal)).toEqual({ passed: 1, failed: 3 });
    expect(written).toMatch(
      /▸ bad\nsomething is not\n\S+ bad\n▸ killed\n\S+ killed\n▸ broken\nit cannot be run\n\S+ broken\n▸ good\nall is well\n$/,
    );
  });

  it('count the same side by side', async () => {
    const lists = [[bad], [killed, broken], [slow, good]].map((checks) => ({ checks, cores: 1 }));
    expect(await sideBySide(lists, 2, err, signal)).toEqual({ passed: 8, failed: 3 });
    expect(written).toMatch(/▸ bad: 0 passed, 1 failed, \d s\nsomething is not\n\S+ bad\n/);
    expect(written).toMatch(/▸ broken: 0 passed, 1 failed, \d s\nit cannot be run\n\S+ broken\n/);
    expect(
      written
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('▸')),
    ).toHaveLength(5);
  });

  it('side by side keep no more cores busy than there are, follow the order of their list, and are not mixed', async () => {
    const running = new Map<string, number>();
    const atOnce: string[][] = [];
    const ended: string[] = [];
    let most = 0;
    const counting = (name: string, cores: number): Check => ({
      name,
      async run(show, ...rest) {
        running.set(name, cores);
        atOnce.push([...running.keys()].sort());
        most = Math.max(
          most,
          [...running.values()].reduce((sum, one) => sum + one, 0),
        );
        const result = await slow.run(show, ...rest);
        running.delete(name);
        ended.push(name);
        return result;
      },
    });
    const list = (cores: number, ...names: string[]): CheckList => ({ cores, checks: names.map((name) => counting(name, cores)) });
    await sideBySide([list(1, 'a1', 'a2'), list(1, 'b'), list(0.5, 'c'), list(3, 'd'), list(0.5, 'e'), list(0.5, 'f')], 2, err, signal);
    // Three that need half a core each were one too many beside one that needs a whole one; what needs all had all.
    expect(atOnce).toContainEqual(['a2', 'c', 'e']);
    expect(atOnce).toContainEqual(['d']);
    expect(ended.toSorted()).toEqual(['a1', 'a2', 'b', 'c', 'd', 'e', 'f']);
    expect(ended.indexOf('a1')).toBeLessThan(ended.indexOf('a2'));
    expect(most).toBe(3);
    expect(atOnce.every((names) => names.length === 1 || !names.includes('d'))).toBe(true);
    expect(written.replaceAll(/▸ \w+: 7 passed, 0 failed, \d s\nslow begins\nslow ends\n/g, '')).toBe('');
  });
});

describe('checks that are ended early', () => {
  const parent = program(
    'parent',
    `const { spawn } = require('node:child_process');
     const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
     console.log('child ' + child.pid + '.');
     process.on('SIGINT', () => {});
     child.on('exit', () => process.exit(1));`,
  );
  const childPid = (): number | null => {
    const found = /child (\d+)\./.exec(written);
    return found === null ? null : Number(found[1]);
  };

  it('leave no program that they started, and no other begins', async () => {
    const ending = new AbortController();
    const checked = oneByOne([programCheck('parent', parent, []), good], err, ending.signal);
    const child = await until(childPid, { what: 'the child runs', timeoutMs: 10_000 });
    ending.abort();
    expect(await checked).toEqual({ passed: 0, failed: 1 });
    expect(isAlive(child)).toBe(false);
    expect(written).not.toContain('good');
  });

  it('begin nothing when they were ended before', async () => {
    const ended = AbortSignal.abort();
    expect(await oneByOne([good], err, ended)).toEqual({ passed: 0, failed: 0 });
    expect(await sideBySide([{ checks: [good], cores: 1 }], 1, err, ended)).toEqual({ passed: 0, failed: 0 });
    expect(written).toBe('');
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
      expect(await oneByOne([tests('one', text)], err, signal)).toEqual(expected);
    },
    30_000,
  );
});

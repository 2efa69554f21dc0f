import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createEventLog, LabProblem, problemLinesOf } from '@loadstair/lab';
import { BadLabdConfig, configFrom, LOOPBACK } from './config.ts';
import { newToken, removeState, writeState } from './state-file.ts';

describe('configFrom', () => {
  it('gives every instance its own port and state file', () => {
    expect(configFrom([])).toMatchObject({ instance: 1, port: 4600 });
    expect(configFrom(['--instance', '7'])).toMatchObject({
      port: 4606,
      stateFile: expect.stringMatching(/\.lab\/instances\/7\/labd\.json$/),
    });
  });
  it.each(['0', '121', '1.5', 'x', ''])('refuses instance "%s"', (text) => {
    expect(() => configFrom(['--instance', text])).toThrow(BadLabdConfig);
  });
});

describe('the doors of labd', () => {
  const published = {
    LOADSTAIR_LISTEN: '0.0.0.0',
    LOADSTAIR_CONSOLE_URL: 'http://127.0.0.1:4700',
    LOADSTAIR_SITE_URL: 'http://localhost:8080',
    LOADSTAIR_QUERY_NAMES: 'lab,observer',
  };

  it('are loopback alone, unless the environment opens others, and only for the first instance', () => {
    expect(configFrom([], {})).toMatchObject({ doors: LOOPBACK, storesSeries: false });
    expect(configFrom([], published)).toMatchObject({
      doors: {
        listen: '0.0.0.0',
        consoleUrl: 'http://127.0.0.1:4700',
        siteUrl: 'http://localhost:8080',
        queryNames: ['lab', 'observer'],
      },
      storesSeries: true,
    });
    expect(configFrom(['--instance', '2'], published)).toMatchObject({ doors: LOOPBACK, storesSeries: false });
  });

  it.each([
    ['LOADSTAIR_LISTEN', 'everywhere'],
    ['LOADSTAIR_CONSOLE_URL', 'http://lab.example:4600'],
    ['LOADSTAIR_SITE_URL', 'http://127.0.0.1'],
    ['LOADSTAIR_QUERY_NAMES', 'lab.example'],
    ['LOADSTAIR_QUERY_NAMES', 'localhost'],
  ])('are refused with %s=%s', (name, value) => {
    expect(() => configFrom([], { ...published, [name]: value })).toThrow(name);
  });
});

describe('the event log', () => {
  const all = async (events: AsyncGenerator<number>): Promise<number[]> => {
    const seen: number[] = [];
    for await (const event of events) seen.push(event);
    return seen;
  };

  it('gives every reader all from where it asks, early or late', async () => {
    const log = createEventLog<number>();
    const { signal } = new AbortController();
    log.append(1);
    const early = all(log.read(0, signal));
    const later = all(log.read(2, signal));
    log.append(2);
    log.append(3);
    log.close();
    expect(await early).toEqual([1, 2, 3]);
    expect(await later).toEqual([3]);
    expect(await all(log.read(1, signal))).toEqual([2, 3]);
  });

  it('lets one reader go without the others', async () => {
    const log = createEventLog<number>();
    const leaving = new AbortController();
    const gone = all(log.read(0, leaving.signal));
    const stays = all(log.read(0, new AbortController().signal));
    leaving.abort();
    expect(await gone).toEqual([]);
    log.append(1);
    log.close();
    expect(await stays).toEqual([1]);
  });

  it('leaves no listener on the signal of a reader that ended', async () => {
    const log = createEventLog<number>();
    log.append(1);
    log.close();
    const { signal } = new AbortController();
    const held = new Set<unknown>();
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args: Parameters<typeof add>) => (held.add(args[1]), add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => (held.delete(args[1]), remove(...args));
    await all(log.read(0, signal));
    for await (const event of log.read(0, signal)) if (event === 1) break;
    expect(held.size).toBe(0);
  });
});

describe('problemLinesOf', () => {
  it('takes what an error carries, and calls all else the fault of the lab', () => {
    const lines = { what: 'a', why: 'b', do: 'c', code: 'E_X', exit: 6 };
    expect(problemLinesOf(new LabProblem(409, lines))).toEqual(lines);
    expect(problemLinesOf(Object.assign(new Error('m'), lines))).toEqual(lines);
    expect(problemLinesOf(new Error('m'))).toEqual({ what: 'm', why: '', do: './lab doctor', code: 'E_LAB', exit: 1 });
    expect(problemLinesOf('text')).toMatchObject({ what: 'text' });
  });

  it.each([null, undefined])('survives a thrown %s', (nothing) => {
    expect(problemLinesOf(nothing)).toMatchObject({ what: String(nothing), exit: 1 });
  });
});

describe('the state file', () => {
  it('is for its owner’s eyes, and goes only with its own labd', () => {
    const folder = mkdtempSync(join(tmpdir(), 'loadstair-state-'));
    try {
      const file = join(folder, 'instances/7/labd.json');
      const state = {
        pid: process.pid,
        url: 'http://127.0.0.1:4606',
        pages: 'http://127.0.0.1:4606',
        token: newToken(),
        startedAt: '2026-01-01T00:00:00.000Z',
        sources: '',
      };
      writeState(file, { ...state, pid: process.pid + 1 });
      expect(statSync(file).mode & 0o777).toBe(0o600);
      removeState(file);
      expect(existsSync(file)).toBe(true);
      writeState(file, state);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(state);
      removeState(file);
      removeState(file);
      expect(existsSync(file)).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('has a new token each time', () => {
    expect(newToken()).not.toBe(newToken());
    expect(newToken().length).toBeGreaterThanOrEqual(32);
  });
});

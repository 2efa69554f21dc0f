import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { verdictLines } from '@loadstair/analysis';
import { createGameStore, type GameLog, type GameStore } from '@loadstair/labs';
import { recordedRun } from '@loadstair/labs/testing';
import type { OpenedRun } from '@loadstair/runs';
import { brokenSite, gameOf, type Game } from '@loadstair/stages';
import { plainStream, type Io } from '@loadstair/terminal-view/io';
import { carrying, personWho } from '../testing/recorded-labs.ts';
import { scriptedAsker, type Asker } from '../workshop/asker.ts';
import { playGameday, type GamedayRunner, type GamedaySession } from './session.ts';

/** A code whose cause at stage 2 is the lock, found by trying codes. */
const game = codeFor('lock');
const BEGAN = '2026-11-30T10:00:00.000Z';

let folder: string;
let games: GameStore;
let written: { out: string; err: string };
let io: Io;
/** Minutes since load began. */
let clock: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-gameday-'));
  games = createGameStore(folder);
  written = { out: '', err: '' };
  clock = 0;
  io = {
    out: plainStream((text) => (written.out += text)),
    err: plainStream((text) => (written.err += text)),
    canAsk: true,
    debug: false,
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function codeFor(cause: string): Game {
  for (let number = 0; number < 1000; number += 1) {
    const found = gameOf(`CODE${number}`, { stage: 2, level: null });
    if (found.broken.injection.name === cause) return found;
  }
  throw new Error(`No code gives ${cause}.`);
}

/** Runs each change as if it made the site carry so many times the load, in turn. */
function runner(
  ...times: readonly (number | 'refused')[]
): GamedayRunner & { readonly unsealed: string[]; readonly ran: (readonly string[])[] } {
  const runs = new Map<string, OpenedRun>();
  const left = [...times];
  const next = (id: string): void => {
    const one = left.shift() ?? 1;
    runs.set(
      id,
      one === 'refused'
        ? { ...recordedRun('refused-short-lock'), id }
        : { ...carrying(recordedRun('stage-2-quick-writes-web-cpu'), one), id },
    );
  };
  const [unsealed, ran]: [string[], (readonly string[])[]] = [[], []];
  return {
    unsealed,
    ran,
    async broken() {
      next('b0');
      return { kind: 'ended', run: 'b0', beganAt: BEGAN };
    },
    unseal: (run) => void unsealed.push(run),
    async mended(set) {
      ran.push(set);
      const id = `m${ran.length}`;
      next(id);
      return { kind: 'ended', run: id };
    },
    open(id) {
      const run = runs.get(id);
      if (run === undefined) throw new Error(`There is no run ${id}.`);
      return { run, lines: verdictLines(run.verdict, run.runData) };
    },
  };
}

/** A person who says these in turn, a minute each; then leaves. */
function person(...says: string[]): Asker {
  return personWho(says, (text) => {
    clock += 1;
    written.err += text;
  });
}

function session(asker: Asker, runs: GamedayRunner): GamedaySession {
  const now = (): Date => new Date(Date.parse(BEGAN) + 60_000 * clock);
  return { game, learner: 'anna', quick: true, asker, io, games, runner: runs, now };
}

const kept = (): GameLog => games.read('anna', game) as GameLog;
const tooLong = (): string[] => `${written.out}${written.err}`.split('\n').filter((line) => [...line].length > 80);

describe('a gameday', () => {
  it('is named, opened and mended, and times count from the begin of load', async () => {
    const runs = runner(1, 1, 2);
    const says = ['web', 'cpu', 'db', 'lock', 'db.lock=5', 'db.lock=off'];
    expect(await playGameday(session(person(...says), runs))).toBe(0);
    expect(runs.unsealed).toEqual(['b0']);
    expect(runs.ran).toEqual([brokenSite(game, ['db.lock=5']).set, brokenSite(game, ['db.lock=off']).set]);
    expect(kept()).toMatchObject({
      named: [
        { tier: 'web', resource: 'cpu', right: false },
        { tier: 'db', resource: 'lock', right: true },
      ],
      opened: { how: 'named', at: '2026-11-30T10:04:00.000Z' },
      mends: [
        { set: ['db.lock=5'], met: false },
        { set: ['db.lock=off'], met: true },
      ],
    });
    expect(written.err).toContain('✓ The site is mended. Named after 4:00, in 2 tries. Mended after 6:00.');
    expect(tooLong()).toEqual([]);
  });

  it('says nothing of the cause before it was named', async () => {
    await playGameday(session(person('web', 'cpu', 'q'), runner(1)));
    const { injection, sign } = game.broken;
    for (const secret of [injection.mechanism, sign, ...injection.set]) {
      expect(`${written.err}${written.out}${JSON.stringify(kept())}`).not.toContain(secret);
    }
    expect(written.out).toBe('');
    expect(written.err).toContain(`next   ./lab gameday --code ${game.code} --stage 2 --level ${game.level}`);
  });

  it('can be given up, and is opened then', async () => {
    const runs = runner(1);
    expect(await playGameday(session(person('s', 'q'), runs))).toBe(0);
    expect([kept().opened?.how, runs.unsealed]).toEqual(['given-up', ['b0']]);
    expect(written.err.replaceAll(/\s+/g, ' ')).toContain(game.broken.injection.mechanism);
  });

  it('takes no change that costs more than the site did', async () => {
    const runs = runner(1);
    await playGameday(session(person('db', 'lock', 'db.cpu=4', 'q'), runs));
    expect(runs.ran).toEqual([]);
    expect(written.err).toContain('This change costs more than the budget allows.');
  });

  it('runs the broken site again where its run was refused, to hold a change against it', async () => {
    const runs = runner('refused', 1, 2);
    expect(await playGameday(session(person('db', 'lock', 'db.lock=off'), runs))).toBe(0);
    expect(runs.ran).toEqual([brokenSite(game).set, brokenSite(game, ['db.lock=off']).set]);
    expect(kept().mends.map(({ met }) => met)).toEqual([false, true]);
  });

  it('asks nothing of a script: what is named wrong is exit 5', async () => {
    const asker = scriptedAsker(['tier=web', 'resource=cpu'], 2, io.err);
    expect(await playGameday(session(asker, runner(1)))).toBe(5);
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { leftToName, mendedAfterS, nameCause, namedAfterS, type GameLog } from './game-log.ts';
import { createGameStore } from './game-store.ts';
import { rankGames } from './ranking.ts';
import { sealOf } from './seal.ts';

const began: GameLog = {
  code: 'TIGER7',
  version: '0a1b',
  stage: 2,
  level: 3,
  quick: true,
  seal: sealOf({ code: 'TIGER7', version: '0a1b', stage: 2, level: 3 }, 'web-and-db'),
  run: 'k3f9',
  beganAt: '2026-11-30T10:00:00.000Z',
  named: [],
  opened: null,
  mends: [],
};
const at = (minute: number): string => `2026-11-30T10:0${minute}:00.000Z`;
const CAUSE = {
  limits: [
    { tier: 'web', resource: 'cpu' },
    { tier: 'db', resource: 'cpu' },
  ],
  words: 'Both are too small.',
};

describe('naming a cause', () => {
  it('counts what is wrong, and opens the game with the last of its limits', () => {
    const wrong = nameCause(began, { tier: 'web', resource: 'pool' }, CAUSE, at(1));
    expect(wrong).toMatchObject({ named: [{ right: false }], opened: null });
    const half = nameCause(wrong, { tier: 'db', resource: 'cpu' }, CAUSE, at(2));
    expect([half.opened, leftToName(half, CAUSE.limits)]).toEqual([null, [{ tier: 'web', resource: 'cpu' }]]);
    const whole = nameCause(half, { tier: 'web', resource: 'cpu' }, CAUSE, at(3));
    expect(whole.opened).toEqual({ how: 'named', at: at(3), cause: 'Both are too small.' });
    expect(namedAfterS(whole)).toBe(180);
  });

  it('has no time where it was given up', () => {
    expect(namedAfterS({ ...began, opened: { how: 'given-up', at: at(4), cause: '' } })).toBeNull();
  });

  it('is sealed by a hash that another cause does not have', () => {
    expect(sealOf(began, 'web-and-db')).toBe(began.seal);
    expect(sealOf(began, 'heap')).not.toBe(began.seal);
    expect(JSON.stringify(began)).not.toContain('web-and-db');
  });
});

describe('a class', () => {
  const named = (minute: number): GameLog => ({ ...began, opened: { how: 'named', at: at(minute), cause: '' } });
  const mend = (minute: number, met: boolean): GameLog['mends'][number] => ({ at: at(minute), run: 'x', set: [], text: '', met });

  it('is ranked by the time to name, then by the time to mend', () => {
    const logs = [
      { id: '0a', learner: 'anna', games: [{ ...named(3), mends: [mend(5, false), mend(6, true)] }] },
      { id: '0b', learner: 'ben', games: [{ ...named(3), mends: [mend(5, true)] }] },
      { id: '0c', learner: 'cleo', games: [began] },
      { id: '0d', learner: 'dora', games: [named(2)] },
    ];
    expect(mendedAfterS(logs[0]?.games[0] as GameLog)).toBe(360);
    expect(rankGames(logs)).toEqual([
      {
        code: 'TIGER7',
        stage: 2,
        level: 3,
        same: true,
        rows: [
          { id: '0d', learner: 'dora', namedAfterS: 120, tries: 0, gaveUp: false, mendedAfterS: null },
          { id: '0b', learner: 'ben', namedAfterS: 180, tries: 0, gaveUp: false, mendedAfterS: 300 },
          { id: '0a', learner: 'anna', namedAfterS: 180, tries: 0, gaveUp: false, mendedAfterS: 360 },
          { id: '0c', learner: 'cleo', namedAfterS: null, tries: 0, gaveUp: false, mendedAfterS: null },
        ],
      },
    ]);
  });

  it('is told where somebody had another catalogue', () => {
    const logs = [
      { id: '0a', learner: 'anna', games: [began] },
      { id: '0b', learner: 'ben', games: [{ ...began, version: 'ffff' }] },
    ];
    expect(rankGames(logs)).toMatchObject([{ same: false }]);
  });
});

it('is kept by learner, code, stage and level', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadstair-gameday-'));
  try {
    const store = createGameStore(folder);
    expect(store.read('anna', began)).toBeNull();
    store.write('anna', began);
    expect(store.read('anna', began)).toEqual(began);
    expect(store.all('ben')).toEqual([]);
    expect(store.all('anna')).toEqual([began]);
    expect(readFileSync(join(folder, 'labs', 'anna', 'gamedays', 'TIGER7-2-3.json'), 'utf8')).not.toContain('web-and-db');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

import { describe, expect, it } from '@jest/globals';
import { gameIntro, placesToLook, rankingLines } from './gameday-view.ts';

const row = { id: '0a', tries: 2, gaveUp: false, namedAfterS: null, mendedAfterS: null };

describe('a gameday', () => {
  it('ranks a class within 80 columns', () => {
    expect(
      rankingLines([
        {
          code: 'TIGER7',
          stage: 3,
          level: 2,
          same: true,
          rows: [
            { ...row, learner: 'anna', namedAfterS: 192, mendedAfterS: 580 },
            { ...row, learner: 'a very long name of a learner', gaveUp: true },
            { ...row, learner: 'cleo', tries: 0 },
          ],
        },
      ]),
    ).toEqual([
      '',
      'gameday TIGER7, stage 3, level 2',
      '    learner                 named       tries       mended',
      '1   anna                    3:12        2           9:40',
      '2   a very long name of a … given up    2           –',
      '3   cleo                    –           0           –',
    ]);
  });

  it('warns where the game was not the same for all', () => {
    const lines = rankingLines([{ code: 'TIGER7', stage: 3, level: 2, same: false, rows: [] }]);
    expect(lines.join(' ')).toContain('Not everybody had the same version of Loadstair');
  });

  it('is introduced without a word too many for 80 columns', () => {
    const intro = gameIntro({ code: 'TIGER7', stage: 3, level: 2, profile: 'reads' }, '0a1b', 80);
    expect(intro.split('\n').filter((text) => text.length > 80)).toEqual([]);
    expect(placesToLook('http://127.0.0.1:4701/runs/k3f9')[1]).toBe('traces      http://127.0.0.1:4701/runs/k3f9/traces');
  });
});

import { describe, expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import { profileByName } from '@loadstair/load';
import { LEVELS } from './broken-site.ts';
import { stages } from './catalogue.ts';
import { brokenSite, gamedayCode, gamedayVersion, gameOf, limitsOf, profileOf, shownSite } from './gameday.ts';
import { settingsOf } from './injection.ts';
import { applySettings, hashOf } from '@loadstair/topology';

const ANY = { stage: null, level: null };

describe('broken sites', () => {
  it.each(stages.map(({ topology, broken = [] }) => [topology.stage, broken] as const))('of stage %i have three levels', (_, broken) => {
    expect([...new Set(broken.map(({ level }) => level))].sort()).toEqual([...LEVELS]);
    for (const site of broken) expect(limitsOf(site).length).toBeGreaterThan(0);
  });

  it('of level 3 have two limits, or another mechanism than any of level 1', () => {
    for (const { broken = [] } of stages) {
      const loud = broken.filter(({ level }) => level === 1).map(({ injection }) => injection.name);
      for (const { level, injection } of broken) if (level === 3) expect(loud).not.toContain(injection.name);
    }
  });
});

describe('a code', () => {
  it('gives the same game wherever and however it is typed', () => {
    const game = gameOf('TIGER7', ANY);
    expect(gameOf(' tiger7 ', ANY)).toEqual(game);
    expect(gameOf('TIGER7', { stage: game.stage, level: game.level })).toEqual(game);
    expect(gamedayVersion()).toMatch(/^[0-9a-f]{4}$/);
  });

  it('of a thousand spreads over every broken site of every stage', () => {
    const games = Array.from({ length: 1000 }, (_, index) => gameOf(`ROOM${index}`, ANY));
    const all = stages.flatMap(({ broken = [] }) => broken.map(({ injection }) => injection.name));
    expect(new Set(games.map(({ broken }) => broken.injection.name))).toEqual(new Set(all));
    expect(new Set(games.map(({ seed }) => seed)).size).toBeGreaterThan(990);
  });

  it('is narrowed by stage and level', () => {
    for (const level of LEVELS) expect(gameOf('TIGER7', { stage: 3, level })).toMatchObject({ stage: 3, level });
  });

  it.each(['', 'ab', '../../etc', 'ÄÖÜ', 'A'.repeat(13)])('is not “%s”', (typed) => {
    expect(() => gamedayCode(typed)).toThrow('is not a gameday code');
  });

  it('is refused for a stage or a level that is not there', () => {
    expect(() => gameOf('TIGER7', { stage: 99, level: null })).toThrow('Unknown stage 99');
    expect(() => gameOf('TIGER7', { stage: 1, level: 4 })).toThrow('There is no broken site of level 4 at stage 1');
  });
});

describe('a game', () => {
  const games = stages.flatMap(({ topology: { stage } }) => LEVELS.map((level) => gameOf('TIGER7', { stage, level })));

  it.each(games.map((game) => [game.stage, game.level, game] as const))(
    'of stage %i, level %i shows nothing of its cause',
    (_, __, game) => {
      const shown = shownSite(game);
      const real = brokenSite(game);
      expect(hashOf(shown.topology)).not.toBe(hashOf(real.topology));
      for (const setting of game.broken.injection.set) expect(shown.set).not.toContain(setting);
      expect(real.set).toEqual(settingsOf(game.broken.injection));
      expect(real.topology).toEqual(applySettings(stages[game.stage - 1]?.topology ?? real.topology, real.set, declarations));
      profileByName(profileOf(game));
    },
  );

  it('is mended on top of its cause', () => {
    const game = gameOf('TIGER7', { stage: 3, level: 1 });
    const [tier] = limitsOf(game.broken);
    const { set } = brokenSite(game, [`${tier?.tier}.cpu=1.5`]);
    expect(set.at(-1)).toBe(`${tier?.tier}.cpu=1.5`);
  });

  it.each(games.map((game) => [game.stage, game.level, game] as const))(
    'of stage %i, level %i is the healthy site without its cause',
    (_, __, game) => {
      const off = game.broken.injection.set.map((setting) => `${setting.split('=')[0]}=off`);
      expect(brokenSite(game, off)).toEqual(shownSite(game));
    },
  );
});

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { gameOf, type Game } from '@loadstair/stages';
import { leftoversOf } from '@loadstair/verify';
import { lab, LAB_FOLDER } from './testing/lab-command.ts';

const INSTANCE = 38;
const LEARNER = `gameday ${process.pid}`;
/** A run and its site, three times: the broken one, again where it was refused, and the mended one. */
const describeAll = process.env['LOADSTAIR_TEST_ALL'] === '1' ? describe : describe.skip;
const GAME_MS = 12 * 60_000;

/** The loud cause of the first stage. */
const game: Game = gameOf('TIGER7', { stage: 1, level: 1 });
const file = join(LAB_FOLDER, 'labs', LEARNER, 'gamedays', `TIGER7-${game.stage}-${game.level}.json`);
const read = () => JSON.parse(readFileSync(file, 'utf8')) as { run: string; opened: object | null; mends: { run: string; met: boolean }[] };

afterAll(async () => {
  await lab(['down', '--instance', String(INSTANCE)]);
  if (existsSync(file)) {
    const { run, mends } = read();
    for (const id of [run, ...mends.map((mend) => mend.run)]) rmSync(join(LAB_FOLDER, 'runs', id), { recursive: true, force: true });
    rmSync(join(LAB_FOLDER, 'sealed', 'runs', run), { recursive: true, force: true });
  }
  rmSync(join(LAB_FOLDER, 'labs', LEARNER), { recursive: true, force: true });
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, 60_000);

const play = (...more: string[]) => {
  const [stage, level] = [String(game.stage), String(game.level)];
  const who = ['--learner', LEARNER, '--instance', String(INSTANCE)];
  return lab(['gameday', '--code', 'tiger7', '--stage', stage, '--level', level, '--quick', '--yes', ...who, ...more]);
};

describeAll('a gameday on real hosts', () => {
  it(
    'hides its cause until it was named, and then its run is like any other',
    async () => {
      const begun = await play();
      expect({ status: begun.status }).toEqual({ status: 0 });
      const { run } = read();
      for (const secret of [game.broken.injection.mechanism, game.broken.sign]) expect(begun.stdout + begun.stderr).not.toContain(secret);
      expect((await lab(['show', run])).status).not.toBe(0);
      const wrong = await play('--answer', 'tier=server', '--answer', 'resource=lock');
      expect(wrong.status).toBe(5);
      const named = await play('--answer', 'tier=server', '--answer', 'resource=cpu');
      expect(named.stderr.replaceAll(/\s+/g, ' ')).toContain(game.broken.injection.mechanism);
      expect((await lab(['show', run])).status).toBeLessThan(5);
      const mended = await play('--answer', 'change=server.cpu=1.2');
      expect(mended.stderr).toContain('The site is mended.');
      expect(read().mends.at(-1)).toMatchObject({ met: true });
    },
    GAME_MS,
  );
});

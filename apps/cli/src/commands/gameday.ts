import { randomInt } from 'node:crypto';
import type { Command } from 'commander';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { createGameStore, createProgressStore, mendedAfterS, namedAfterS, type GameLog } from '@loadstair/labs';
import { refuseK6Settings } from '@loadstair/load';
import { createStore } from '@loadstair/runs';
import { brokenSite, gameOf } from '@loadstair/stages';
import { realGameday } from '../gameday/runner.ts';
import { playGameday } from '../gameday/session.ts';
import { withLabd } from '../with-labd.ts';
import { scriptedAsker, terminalAsker } from '../workshop/asker.ts';
import { whoLearns } from '../workshop/learner.ts';
import { jsonOption, writeJson } from './answer.ts';
import { collect, instanceOption, number, yesOption, type Context } from './context.ts';
import { COMMANDS } from './table.ts';

interface Options {
  readonly code?: string;
  readonly stage?: number;
  readonly level?: number;
  readonly learner?: string;
  readonly solo: boolean;
  readonly answer: string[];
  readonly quick: boolean;
  readonly instance: number;
  readonly yes: boolean;
  readonly json: boolean;
}

/** gameday: a hidden cause that a code chooses, for everybody in a room. */
export function register(program: Command, context: Context): void {
  program
    .command('gameday')
    .description(COMMANDS.gameday.gameday.does)
    .option('--code <code>', 'code of the gameday (default: a random one)')
    .option('--stage <n>', 'stage of the site (default: the code chooses)', number('stage', 1, 99, true))
    .option('--level <n>', '1 easy to see, 2 harder, 3 misleading (default: the code chooses)', number('level', 1, 3, true))
    .option('--learner <name>', 'name of the player; progress is kept under this name')
    .option('--solo', 'play alone, without a name', false)
    .option('--answer <question=answer>', 'give an answer in advance; may be repeated', collect, [])
    .option('--quick', 'a shorter run', false)
    .addOption(instanceOption())
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lab gameday --code TIGER7             the same broken site on every laptop
  ./lab gameday --code TIGER7 --level 1   a cause that is easy to see
  ./lab workshop --report                 what you did, for the class table

A code always gives the same cause, so no network is needed. The clock starts
with the load.

Exit status: 0 done, or left with the place kept. Without a terminal also:
  5 the cause was not named, or the site was not mended`,
    )
    .action(async (options: Options) => context.exit(await gameday(options, context)));
}

async function gameday(options: Options, context: Context): Promise<number> {
  const { stage = null, level = null, instance, yes, quick, json } = options;
  // With --json, stdout is the one line of the answer.
  const io = json ? { ...context.io, out: context.io.err } : context.io;
  const game = gameOf(options.code ?? drawnCode(), { stage, level });
  const progress = createProgressStore(LAB_FOLDER);
  const person = io.canAsk ? terminalAsker(process.stdin, process.stderr) : null;
  const learner = await whoLearns(options, progress.learners(), person);
  if (learner === null) return 0;
  refuseK6Settings(context.environment);
  const asker = person !== null && options.answer.length === 0 ? person : scriptedAsker(options.answer, game.stage, io.err);
  const says = 'Stopping the hosts. You can begin the gameday again.';
  // labd stays for as long as somebody searches: the dashboards are its pages.
  const games = createGameStore(LAB_FOLDER);
  const played = await withLabd(brokenSite(game).topology, { instance, yes, says }, context, ({ client, interruption }) => {
    const store = createStore(LAB_FOLDER);
    const runner = realGameday({ game, quick, client, interruption, labFolder: LAB_FOLDER, store, io });
    return playGameday({ game, learner, quick, asker, io, games, runner, now: () => new Date() });
  });
  const { code } = game;
  const log = games.read(learner, { code, stage: game.stage, level: game.level });
  if (json) writeJson(context.io, { learner, code, stage: game.stage, level: game.level, game: log === null ? null : told(log) });
  return typeof played === 'number' ? played : played.status;
}

/** What was done so far. The cause is told once it is opened. */
function told(log: GameLog): object {
  const { run, beganAt, named, opened, mends } = log;
  return { run, beganAt, named, opened, mends, namedAfterS: namedAfterS(log), mendedAfterS: mendedAfterS(log) };
}

/** Letters and digits that are not taken for each other when they are read aloud. */
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ23456789';

function drawnCode(): string {
  return Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

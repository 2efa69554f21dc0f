import { resourceWord } from '@loadstair/analysis';
import { Problem } from '@loadstair/kit';
import {
  everyResource,
  leftToName,
  mendedAfterS,
  nameCause,
  namedAfterS,
  sealOf,
  settingsIn,
  tierOptions,
  type GameLog,
  type GameStore,
  type NamedLimit,
} from '@loadstair/labs';
import type { OpenedRun } from '@loadstair/runs';
import { brokenSite, gamedayVersion, limitsOf, profileOf, shownSite, tierLines, type Game } from '@loadstair/stages';
import { gameIntro } from '@loadstair/terminal-view/gameday-view';
import type { Io } from '@loadstair/terminal-view/io';
import { minutes } from '@loadstair/terminal-view/minutes';
import { verdictBlock } from '@loadstair/terminal-view/verdict-view';
import { wrap } from '@loadstair/terminal-view/wrap';
import { askFor, isLeaving } from '../workshop/ask.ts';
import type { Asker } from '../workshop/asker.ts';
import type { RunEnd } from '../workshop/runner.ts';
import { judgeMend, mendable, referenceOf } from './mend.ts';

/** Everything that somebody in a gameday works with. */
export interface GamedaySession {
  readonly game: Game;
  readonly learner: string;
  readonly quick: boolean;
  readonly asker: Asker;
  readonly io: Io;
  readonly games: GameStore;
  readonly runner: GamedayRunner;
  readonly now: () => Date;
}

/** Runs what a gameday runs, and opens what it has run. */
export interface GamedayRunner {
  /** The broken site, its verdict sealed. */
  broken(): Promise<BrokenEnd>;
  /** Puts the sealed run with all others. */
  unseal(run: string): void;
  /** The site with these settings, as an ordinary run. */
  mended(set: readonly string[]): Promise<RunEnd>;
  open(run: string): { readonly run: OpenedRun; readonly lines: readonly string[] };
}

export type BrokenEnd =
  { readonly kind: 'ended'; readonly run: string; readonly beganAt: string } | Extract<RunEnd, { kind: 'interrupted' }>;

const NOT_MET = 5;

/**
 * Takes somebody through a gameday from where they stand: the broken site runs, its cause is named, and then the site is mended.
 *
 * @returns exit status: 0 done or left, 5 something was not met and nobody is there to try again
 * @throws Problem where this lab's broken sites are not those of the gameday that was begun
 */
export async function playGameday(session: GamedaySession): Promise<number> {
  const { game, games, learner, io } = session;
  io.err.write(gameIntro({ ...game, profile: profileOf(game) }, gamedayVersion(), io.err.columns));
  io.err.write(`${tierLines(shownSite(game).topology).join('\n')}\n\n`);
  const begun = games.read(learner, { code: game.code, stage: game.stage, level: game.level }) ?? (await begin(session));
  if (typeof begun === 'number') return begun;
  needSame(begun, game);
  const named = await nameIt(begun, session);
  return typeof named === 'number' ? named : mendIt(named, session);
}

async function begin({ game, quick, runner, games, learner }: GamedaySession): Promise<GameLog | number> {
  const ended = await runner.broken();
  if (ended.kind === 'interrupted') return ended.status;
  const { code, stage, level } = game;
  const which = { code, stage, level, version: gamedayVersion() };
  const { run, beganAt } = ended;
  const log: GameLog = {
    ...which,
    quick,
    seal: sealOf(which, game.broken.injection.name),
    run,
    beganAt,
    named: [],
    opened: null,
    mends: [],
  };
  games.write(learner, log);
  return log;
}

/** A lab that was updated in between may have another cause for the code. */
function needSame(log: GameLog, { code, broken }: Game): void {
  if (log.seal === sealOf(log, broken.injection.name)) return;
  throw new Problem({
    what: `Gameday ${code} was begun with other broken sites.`,
    why: `they were version ${log.version}, and this lab has version ${gamedayVersion()}`,
    do: 'begin with another code',
    code: 'E_GAMEDAY_VERSION',
    exit: 2,
  });
}

/** Asks until all that limits the site was named, or it is given up. */
async function nameIt(begun: GameLog, session: GamedaySession): Promise<GameLog | number> {
  const { game, games, learner, io, runner, now, asker } = session;
  const limits = limitsOf(game.broken);
  const words = `${game.broken.injection.mechanism} ${game.broken.sign}`;
  let log = begun;
  while (log.opened === null) {
    if (!asker.gives('tier') || !asker.gives('resource')) return left(session, log.named.length > 0 ? NOT_MET : 0);
    const said = await askLimit(session);
    if (said === 'left') return left(session, 0);
    const at = now().toISOString();
    log = said === 'given-up' ? { ...log, opened: { how: 'given-up', at, cause: words } } : nameCause(log, said, { limits, words }, at);
    games.write(learner, log);
    if (said !== 'given-up') io.err.write(`${replyTo(said, log, limits, session)}\n`);
  }
  if (begun.opened === null) {
    runner.unseal(log.run);
    const { run, lines } = runner.open(log.run);
    io.err.write(`\n${wrap(log.opened.cause, io.err.columns, 0).join('\n')}\n\n`);
    io.out.write(verdictBlock(run.verdict, lines, io.out));
    io.err.write(`${timesText(log)}\n`);
  }
  return log;
}

async function askLimit(session: GamedaySession): Promise<NamedLimit | 'left' | 'given-up'> {
  const { topology } = shownSite(session.game);
  const questions = [
    { key: 'tier', ask: 'Which tier limits the site?', options: tierOptions(topology) },
    { key: 'resource', ask: 'Which resource of that tier? (s: give up, q: leave)', options: everyResource() },
  ];
  const values: string[] = [];
  for (const { key, ask, options } of questions) {
    const said = await askFor({ key, ask, form: { kind: 'choice', options } }, false, session);
    if (said.kind === 'skip') return 'given-up';
    if (said.kind !== 'answer' || said.answer.kind !== 'choice') return 'left';
    values.push(said.answer.value);
  }
  const [tier = '', resource = ''] = values;
  return { tier, resource };
}

function replyTo(said: NamedLimit, log: GameLog, limits: readonly NamedLimit[], { io }: GamedaySession): string {
  const { marks, paint } = io.err;
  const name = `${said.tier} ${resourceWord(said.resource)}`;
  if (log.named.at(-1)?.right !== true) return `${marks.bad} ${name} does not limit this site first.`;
  const more = leftToName(log, limits).length > 0 ? ' Something else limits the site as well: name it too.' : '';
  return `${paint.good(marks.good)} ${name}: right.${more}`;
}

/** Asks for changes and runs them until one of them mends the site. */
async function mendIt(named: GameLog, session: GamedaySession): Promise<number> {
  const { game, games, learner, io, runner, now, asker } = session;
  let log = named;
  let reference = referenceOf(log, runner);
  for (;;) {
    if (log.mends.some(({ met }) => met)) {
      const done = wrap(`${io.err.marks.good} The site is mended. ${timesText(log)}`, io.err.columns, 2);
      io.err.write(`${done.join('\n')}\nnext   ./lab workshop --report\n`);
      return 0;
    }
    // A refused run says nothing of what the broken site carries.
    const again = reference === null;
    const why = 'The run of the broken site cannot be judged. It runs once more, so that a change can be compared with it.';
    if (again) io.err.write(`${wrap(why, io.err.columns, 0).join('\n')}\n`);
    if (!again && !asker.gives('change')) return left(session, log.mends.some(({ set }) => set.length > 0) ? NOT_MET : 0);
    const set = again ? [] : await askChange(session);
    if (set === null) return left(session, 0);
    const wanted = again ? brokenSite(game) : mendable(game, set, session);
    if (wanted === null) continue;
    const ended = await runner.mended(wanted.set);
    if (ended.kind === 'interrupted') return ended.status;
    const { run, lines } = runner.open(ended.run);
    io.out.write(verdictBlock(run.verdict, lines, io.out));
    const judged = again ? { met: false, text: 'The broken site again.' } : judgeMend(run, reference);
    log = { ...log, mends: [...log.mends, { at: now().toISOString(), run: ended.run, set: [...set], ...judged }] };
    games.write(learner, log);
    const mark = judged.met ? io.err.marks.good : io.err.marks.bad;
    if (!again) io.err.write(`${wrap(`${mark} ${judged.text}`, io.err.columns, 2).join('\n')}\n`);
    reference = referenceOf(log, runner);
    if (reference === null && !asker.person) return left(session, NOT_MET);
  }
}

/** Null when they leave. */
async function askChange({ asker, io, game }: GamedaySession): Promise<readonly string[] | null> {
  const ask = `Mend the site at no higher cost. Which settings?  (./lab settings ${game.stage})`;
  const typed = await asker.ask(
    'change',
    `${[...wrap(ask, io.err.columns, 0), '  <tier>.<key>=<value> …  <tier>.<key>=off takes a fault away  q: leave'].join('\n')}\n  > `,
  );
  return typed === null || isLeaving(typed) ? null : settingsIn(typed);
}

function timesText(log: GameLog): string {
  const named = namedAfterS(log);
  const mended = mendedAfterS(log);
  const tries = log.named.length;
  return [
    named === null ? 'Given up.' : `Named after ${minutes(named)}, in ${tries} ${tries === 1 ? 'try' : 'tries'}.`,
    ...(mended === null ? [] : [`Mended after ${minutes(mended)}.`]),
  ].join(' ');
}

function left({ game, io }: GamedaySession, status: number): number {
  io.err.write(
    `Your place is kept, and the clock keeps running.\nnext   ./lab gameday --code ${game.code} --stage ${game.stage} --level ${game.level}\n`,
  );
  return status;
}

import { createHash } from 'node:crypto';
import { declarations } from '@loadstair/components/declarations';
import { Problem, random } from '@loadstair/kit';
import { applySettings, type Topology } from '@loadstair/topology';
import { LEVELS, type BrokenSite, type Level } from './broken-site.ts';
import { stageByNumber, stages, UnknownStage } from './catalogue.ts';
import type { Limit } from './injection.ts';

/** A hidden cause, as a code gives it to everybody who types it. */
export interface Game {
  readonly code: string;
  readonly stage: number;
  readonly level: Level;
  readonly broken: BrokenSite;
  /** Of the arrivals: everybody in a room gets the same. */
  readonly seed: number;
}

/** What narrows a game: nothing of it leaves the choice to the code. */
export interface GameChoice {
  readonly stage: number | null;
  readonly level: number | null;
}

/** Exit status 2. */
export class BadCode extends Problem {
  constructor(code: string) {
    super({
      what: `“${code}” is not a gameday code.`,
      why: 'a code is 3 to 12 letters and digits',
      do: './lab gameday --code TIGER7',
      code: 'E_GAMEDAY_CODE',
      exit: 2,
    });
  }
}

/** Exit status 2. */
export class NoBrokenSite extends Problem {
  constructor({ stage, level }: GameChoice) {
    super({
      what: `There is no broken site${level === null ? '' : ` of level ${level}`}${stage === null ? '' : ` at stage ${stage}`}.`,
      why: `levels are ${LEVELS.join(', ')}, and the stages that have them are ${[...new Set(allSites().map((site) => site.stage))].join(', ')}`,
      do: './lab gameday --code TIGER7',
      code: 'E_GAMEDAY_LEVEL',
      exit: 2,
    });
  }
}

const CODE = /^[A-Z0-9]{3,12}$/;

/** The code as it counts, however its letters were typed. Throws BadCode. */
export function gamedayCode(typed: string): string {
  const code = typed.trim().toUpperCase();
  if (!CODE.test(code)) throw new BadCode(typed);
  return code;
}

function allSites(): readonly (BrokenSite & { readonly stage: number })[] {
  return stages.flatMap(({ topology, broken = [] }) => broken.map((site) => ({ ...site, stage: topology.stage })));
}

/** Four hex digits over all broken sites: two labs that differ in them give different games for one code. */
export function gamedayVersion(): string {
  const all = allSites().map(({ stage, level, injection }) => [
    stage,
    level,
    injection.set,
    injection.on,
    injection.profile,
    injection.expected,
  ]);
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 4);
}

/**
 * The game of a code: a pure function of the code, what narrows it, and the catalogue of broken sites. No network is needed to agree.
 *
 * @throws BadCode, UnknownStage and NoBrokenSite
 */
export function gameOf(typed: string, choice: GameChoice): Game {
  const code = gamedayCode(typed);
  if (choice.stage !== null && stages.every(({ topology }) => topology.stage !== choice.stage)) throw new UnknownStage(choice.stage);
  const next = random(createHash('sha256').update(`${gamedayVersion()} ${code}`).digest().readUInt32BE(0));
  // Each draw is made whatever was chosen: a code that is narrowed to its own stage and level is the same game.
  const draws = { stage: next(), level: next(), cause: next(), seed: next() };
  const offered = allSites().filter(({ stage, level }) => (choice.stage ?? stage) === stage && (choice.level ?? level) === level);
  const stage = drawn([...new Set(offered.map((site) => site.stage))], draws.stage);
  const here = offered.filter((site) => site.stage === stage);
  const level = drawn([...new Set(here.map((site) => site.level))], draws.level);
  const broken = drawn(
    here.filter((site) => site.level === level),
    draws.cause,
  );
  if (stage === undefined || level === undefined || broken === undefined) throw new NoBrokenSite(choice);
  return { code, stage, level, broken, seed: Math.floor(draws.seed * 2 ** 32) };
}

function drawn<Item>(items: readonly Item[], share: number): Item | undefined {
  return items[Math.floor(share * items.length)];
}

/** What limits a broken site: one limit, or two. */
export function limitsOf({ injection: { expected } }: BrokenSite): readonly Limit[] {
  if (expected.kind === 'limit') return [expected.limit];
  return expected.kind === 'both' ? expected.limits : [];
}

/** The load of a game. */
export function profileOf({ stage, broken }: Game): string {
  return broken.injection.profile ?? stageByNumber(stage).profile;
}

/** What takes a fault away. */
const OFF = '=off';

function keyOf(setting: string): string {
  return setting.split('=')[0] ?? '';
}

/** The site as people are shown it: its stage with what makes room for the cause. */
export function shownSite({ stage, broken }: Game): { readonly topology: Topology; readonly set: readonly string[] } {
  const set = broken.injection.on ?? [];
  return { topology: applySettings(stageByNumber(stage).topology, set, declarations), set };
}

/**
 * The site as it is, with the cause in it and what a learner changes against it: a setting takes the place of one that the cause has, and
 * `<tier>.<key>=off` takes that of the cause away.
 *
 * @throws SettingError
 */
export function brokenSite(game: Game, mend: readonly string[] = []): { readonly topology: Topology; readonly set: readonly string[] } {
  const changed = new Set(mend.map(keyOf));
  const cause = game.broken.injection.set.filter((setting) => !changed.has(keyOf(setting)));
  const set = [...shownSite(game).set, ...cause, ...mend.filter((setting) => !setting.endsWith(OFF))];
  return { topology: applySettings(stageByNumber(game.stage).topology, set, declarations), set };
}

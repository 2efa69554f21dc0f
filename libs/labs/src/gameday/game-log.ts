import { z } from 'zod';

const WORD = z.string().max(200);
const TEXT = z.string().max(4000);

/** What a learner did in one gameday. Nothing in it says what the cause is before it was named or given up. */
export const GAME_LOG = z.strictObject({
  code: WORD,
  /** Of the catalogue of broken sites: games of one code are the same where this is the same. */
  version: WORD,
  stage: z.int().min(1).max(1000),
  level: z.int().min(1).max(3),
  quick: z.boolean(),
  /** Hash of the cause, kept when the game begins and opened when it is judged. */
  seal: WORD,
  run: WORD,
  /** When load began: times count from then, so that a slow start costs nobody anything. */
  beganAt: WORD,
  named: z.array(z.strictObject({ at: WORD, tier: WORD, resource: WORD, right: z.boolean() })).max(1000),
  opened: z.strictObject({ how: z.enum(['named', 'given-up']), at: WORD, cause: TEXT }).nullable(),
  mends: z.array(z.strictObject({ at: WORD, run: WORD, set: z.array(WORD).max(50), text: TEXT, met: z.boolean() })).max(1000),
});
export type GameLog = z.infer<typeof GAME_LOG>;

/** What a cause limits. */
export interface Named {
  readonly tier: string;
  readonly resource: string;
}

/** Limits of the cause that nobody has named yet. */
export function leftToName(log: GameLog, limits: readonly Named[]): readonly Named[] {
  return limits.filter((limit) => !log.named.some((one) => one.right && isSame(one, limit)));
}

/** What a learner says it is, judged by the cause; the last limit that is named opens the game. */
export function nameCause(
  log: GameLog,
  said: Named,
  cause: { readonly limits: readonly Named[]; readonly words: string },
  at: string,
): GameLog {
  const right = cause.limits.some((limit) => isSame(limit, said));
  const named = { ...log, named: [...log.named, { at, tier: said.tier, resource: said.resource, right }] };
  return leftToName(named, cause.limits).length > 0 ? named : { ...named, opened: { how: 'named', at, cause: cause.words } };
}

function isSame(one: Named, other: Named): boolean {
  return one.tier === other.tier && one.resource === other.resource;
}

/** Seconds from the begin of load until the cause was named; null where it was not. */
export function namedAfterS({ beganAt, opened }: GameLog): number | null {
  return opened?.how === 'named' ? secondsBetween(beganAt, opened.at) : null;
}

/** Seconds from the begin of load until the site met its SLO again; null where it did not. */
export function mendedAfterS({ beganAt, mends }: GameLog): number | null {
  const mended = mends.find(({ met }) => met);
  return mended === undefined ? null : secondsBetween(beganAt, mended.at);
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
}

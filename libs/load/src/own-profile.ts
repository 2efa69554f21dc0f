import { Problem } from '@loadstair/kit';
import { CLIMB, profiles, type Profile } from '@loadstair/loadprofiles';
import { z } from 'zod';
import { JOURNEY_NAMES } from './journey-requests.ts';
import { profileByName } from './profile-by-name.ts';

/** A number within bounds; the error says what is allowed, because people read it. */
function between(low: number, high: number, whole = false): z.ZodNumber {
  const error = `${whole ? 'a whole number' : 'a number'} from ${low} to ${high}`;
  const number = z.number({ error }).min(low, { error }).max(high, { error });
  return whole ? number.int({ error }) : number;
}

const HOLD = { holdS: between(5, 3600, true) };
const SETTLE = { settleS: between(0, 60, true) };
const LOADS = { error: '1 to 30 loads' };
/** What is left of a step must tell more than what is not measured of it. */
const SETTLES = { path: ['settleS'], error: 'at most half of the shortest holdS' };
function settles({ loads, settleS }: { readonly loads: readonly { readonly holdS: number }[]; readonly settleS: number }): boolean {
  return loads.every(({ holdS }) => 2 * settleS <= holdS);
}
const STEPS = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('climb') }),
    z
      .strictObject({
        kind: z.literal('fixed'),
        loads: z
          .array(z.strictObject({ rate: between(0.1, 1000), ...HOLD }), LOADS)
          .min(1, LOADS)
          .max(30, LOADS)
          .readonly(),
        ...SETTLE,
      })
      .refine(settles, SETTLES),
    z
      .strictObject({
        kind: z.literal('relative'),
        loads: z
          .array(z.strictObject({ share: between(0.01, 3), ...HOLD }), LOADS)
          .min(1, LOADS)
          .max(30, LOADS)
          .readonly(),
        ...SETTLE,
      })
      .refine(settles, SETTLES),
  ],
  { error: '{ kind: climb }, or kind fixed or relative with loads and settleS' },
);

/** Shares in a file are decimals: 0.1 and 0.2 are a little more than 0.3. */
const SUM_WITHIN = 0.001;
const PURPOSE = { error: 'a sentence of at most 300 characters' };

/** What a file of one's own says of a profile; its name is the file's. */
export const PROFILE_FILE = z.strictObject(
  {
    purpose: z.string(PURPOSE).min(1, PURPOSE).max(300, PURPOSE),
    slo: z.strictObject(
      { quantile: between(0.5, 0.999), latencyMs: between(1, 6000), errorShare: between(0, 1) },
      { error: 'an object with quantile, latencyMs and errorShare' },
    ),
    journeys: z
      .partialRecord(z.enum(JOURNEY_NAMES), between(0.0001, 1), { error: 'an object with a share for each journey' })
      .refine((shares) => Math.abs(sumOf(shares) - 1) <= SUM_WITHIN, { error: 'shares that add up to 1' }),
    steps: STEPS,
  },
  { error: 'an object with purpose, slo, journeys and steps' },
);
export type ProfileFile = z.output<typeof PROFILE_FILE>;

export const PROFILE_NAME = /^[a-z][a-z0-9-]{0,39}$/;

/** A profile of one's own, whole: as runs are asked for with it, and as their manifests keep it. Data only. */
export const OWN_PROFILE = PROFILE_FILE.extend({ name: z.string().regex(PROFILE_NAME) }).meta({
  id: 'OwnProfile',
  description: 'A load profile of one’s own: journeys of the lab, an SLO, and when users arrive',
});
export type OwnProfile = z.output<typeof OWN_PROFILE>;

/** A profile of one's own has the name of a stored one: runs of the two would be taken for alike. Exit status 2. */
export class TakenProfileName extends Problem {
  constructor(name: string) {
    super({
      what: `There is a stored profile ${name}.`,
      why: 'a profile of your own has the name of its file',
      do: `mv ${name}.ts my-${name}.ts`,
      code: 'E_PROFILE_NAME',
      exit: 2,
    });
  }
}

/**
 * The profile that was asked for: a stored one by name, or one of somebody's own.
 *
 * @throws UnknownProfile, TakenProfileName
 */
export function profileFrom(asked: string | OwnProfile): Profile {
  if (typeof asked === 'string') return profileByName(asked);
  if (profiles.some(({ name }) => name === asked.name)) throw new TakenProfileName(asked.name);
  const { steps } = asked;
  return { ...asked, steps: steps.kind === 'climb' ? CLIMB : steps };
}

/** What a file says that does the same as a profile. A climb is the lab's. */
export function fileOfProfile({ purpose, slo, journeys, steps }: Profile | OwnProfile): ProfileFile {
  return PROFILE_FILE.parse({ purpose, slo, journeys, steps: steps.kind === 'climb' ? { kind: 'climb' } : steps });
}

export function sumOf(shares: Readonly<Partial<Record<string, number>>>): number {
  return Object.values(shares).reduce<number>((sum, share) => sum + (share ?? 0), 0);
}

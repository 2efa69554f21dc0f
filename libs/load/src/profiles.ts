import { nearMiss } from '@loadstair/topology';
import type { Climb, Profile } from './plan.ts';

/** Three periods of a host's CPU quota: below that, a stall of the quota itself would decide (calibration.md). */
const SLO = { quantile: 0.95, latencyMs: 250, errorShare: 0.01 } as const;

/** Steps that grow by a factor. An arrival costs more at low load than in the warm-up that predicts, so they start low and reach far. */
const growing = (from: number, factor: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from * factor ** index);

const FULL: Climb = {
  shares: growing(0.35, 1.2, 14),
  holdS: 15,
  settleS: 3,
  idleS: 5,
  backShare: 0.6,
};
const QUICK: Climb = { shares: growing(0.35, 1.35, 9), holdS: 8, settleS: 2, idleS: 3, backShare: 0.6 };
const CLIMB = { kind: 'climb', full: FULL, quick: QUICK } as const;

/** The stored profiles. `mixed` is the same on all stages, for comparison; each stage has one that reveals its limit. */
export const profiles: readonly Profile[] = [
  {
    name: 'mixed',
    purpose: 'What all users do together; the same on every stage, for comparison.',
    slo: SLO,
    journeys: { browse: 0.5, read: 0.12, mobile: 0.27, engage: 0.06, return: 0.03, buy: 0.016, upload: 0.004 },
    steps: CLIMB,
  },
  {
    name: 'shared-host',
    purpose: 'Browsing and reading that loads web and database alike (reveals stage 1).',
    slo: SLO,
    journeys: { browse: 0.6, read: 0.2, mobile: 0.15, engage: 0.05 },
    steps: CLIMB,
  },
  {
    name: 'pages',
    purpose: 'Pages with their static files: most of the work is the web server’s (reveals stage 2).',
    slo: SLO,
    journeys: { browse: 0.85, mobile: 0.15 },
    steps: CLIMB,
  },
  {
    name: 'reads',
    purpose: 'Feeds and favourites, read over and over: most of the work is the database’s (reveals stage 3).',
    slo: SLO,
    journeys: { read: 0.4, explore: 0.5, mobile: 0.1 },
    steps: CLIMB,
  },
  {
    name: 'writes',
    purpose: 'Likes and comments above all: what the database must lock and write to its disk shows.',
    slo: SLO,
    journeys: { engage: 0.7, mobile: 0.3 },
    steps: CLIMB,
  },
  {
    name: 'smoke',
    purpose: 'A few arrivals a second: does everything answer, and answer right?',
    slo: SLO,
    journeys: { browse: 0.4, read: 0.2, mobile: 0.2, engage: 0.1, buy: 0.05, return: 0.05 },
    steps: { kind: 'fixed', loads: [{ rate: 5, holdS: 45 }], settleS: 2 },
  },
  {
    name: 'average',
    purpose: 'Half of what the site should hold, steadily.',
    slo: SLO,
    journeys: { browse: 0.5, read: 0.12, mobile: 0.27, engage: 0.06, return: 0.03, buy: 0.016, upload: 0.004 },
    steps: { kind: 'relative', loads: [{ share: 0.5, holdS: 60 }], settleS: 3 },
  },
  {
    name: 'spike',
    purpose: 'Quiet, then suddenly far too much, then quiet again: does it recover?',
    slo: SLO,
    journeys: { browse: 0.6, read: 0.1, mobile: 0.3 },
    steps: {
      kind: 'relative',
      loads: [
        { share: 0.4, holdS: 20 },
        { share: 1.5, holdS: 15 },
        { share: 0.4, holdS: 30 },
      ],
      settleS: 3,
    },
  },
  {
    name: 'soak',
    purpose: 'Seven tenths of what the site should hold, for half an hour: does anything grow?',
    slo: SLO,
    journeys: { browse: 0.5, read: 0.12, mobile: 0.27, engage: 0.06, return: 0.03, buy: 0.016, upload: 0.004 },
    steps: { kind: 'relative', loads: [{ share: 0.7, holdS: 1800 }], settleS: 10 },
  },
];

/** Exit status 2. */
export class UnknownProfile extends Error {
  readonly what: string;
  readonly why: string;
  readonly do: string;
  readonly code = 'E_UNKNOWN_PROFILE';
  readonly exit = 2;
  constructor(name: string) {
    const names = profiles.map((profile) => profile.name);
    const near = nearMiss(name, names);
    super(`Unknown profile ${name}. Profiles are ${names.join(', ')}.`);
    this.name = 'UnknownProfile';
    this.what = `Unknown profile ${name}.`;
    this.why = `profiles are ${names.join(', ')}`;
    this.do = near === null ? './lab run --help' : `--profile ${near}`;
  }
}

export function profileByName(name: string): Profile {
  const profile = profiles.find((one) => one.name === name);
  if (profile === undefined) throw new UnknownProfile(name);
  return profile;
}

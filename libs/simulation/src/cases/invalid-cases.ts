import type { RefusalCode } from '@loadstair/analysis';
import { Chance } from '@loadstair/simulation-engine';
import { simulatedStages, type CaseSite, type SimulatedStage, type SpoiltRuns } from '@loadstair/stages/simulated';
import type { Disturbance } from '../run/disturbance.ts';
import type { SimulatedRun } from '../run/simulate.ts';
import { loadFor, runOf, turnOf, type SimulatedCase } from './case.ts';

/** Runs of a stage that are spoilt. */
interface Spoilt {
  readonly stage: SimulatedStage;
  readonly runs: SpoiltRuns;
}

interface Spoiler {
  readonly kind: string;
  readonly codes: readonly RefusalCode[];
  /** So bad that the run may not be trusted, and the same so mild that it may. */
  readonly bad: (chance: Chance, spoilt: Spoilt) => Disturbance;
  readonly mild: (chance: Chance, spoilt: Spoilt) => Disturbance;
}

const SPOILT: readonly Spoilt[] = simulatedStages.flatMap((stage) => (stage.spoilt === null ? [] : [{ stage, runs: stage.spoilt }]));

const someHost = (chance: Chance, { stage }: Spoilt): string => `${chance.of(stage.tiers)}-1`;
/** Every relevant climb has this step. */
const STEP = 2;
/** What is most asked for in every profile of spoilt runs. */
const COMMON = 'feed-page';
/** High enough in the climb that some are in flight, and well below the limit. */
const CREEP_STEP = 3;

const SPOILERS: readonly Spoiler[] = [
  {
    kind: 'generator starved',
    codes: ['GEN_SCHED'],
    // Later than the gate allows of an SLO of 250 ms, or not as late.
    bad: (chance) => ({ starved: { stallMs: chance.between(35, 140), everyMs: chance.between(150, 600) } }),
    mild: (chance) => ({ starved: { stallMs: chance.between(2, 14), everyMs: chance.between(150, 600) } }),
  },
  {
    kind: 'arrivals dropped',
    codes: ['GEN_DROP'],
    bad: (chance) => ({ maxUsers: chance.whole(1, 3) }),
    mild: (chance) => ({ maxUsers: chance.whole(150, 400) }),
  },
  {
    kind: 'machine busy',
    codes: ['PHYS_CPU'],
    bad: (chance) => ({ outsideCores: chance.between(1.35, 1.95) }),
    mild: (chance) => ({ outsideCores: chance.between(0.1, 0.8) }),
  },
  {
    kind: 'CPU stolen',
    codes: ['PHYS_STEAL'],
    bad: (chance) => ({ steal: chance.between(0.018, 0.08) }),
    mild: (chance) => ({ steal: chance.between(0.001, 0.006) }),
  },
  {
    kind: 'Prometheus away',
    codes: ['GAPS'],
    bad: (chance) => ({ gap: { of: 'prometheus', step: STEP, fromS: chance.between(3, 8), lastS: chance.between(2, 12) } }),
    mild: (chance) => ({ gap: { of: 'prometheus', step: STEP, fromS: chance.between(3, 8), lastS: 0.5 } }),
  },
  {
    kind: 'sampler away',
    codes: ['GAPS'],
    bad: (chance) => ({ gap: { of: 'sampler', step: STEP, fromS: chance.between(3, 8), lastS: chance.between(2, 6) } }),
    mild: (chance) => ({ gap: { of: 'sampler', step: STEP, fromS: chance.between(3, 8), lastS: 0.4 } }),
  },
  {
    kind: 'host restarted',
    codes: ['GAPS'],
    bad: (chance, spoilt) => ({
      incident: {
        kind: 'host-restarted',
        subject: someHost(chance, spoilt),
        step: STEP,
        atS: chance.between(4, 12),
        downMs: chance.between(800, 3000),
      },
    }),
    mild: (chance) => ({ incident: { kind: 'sampler-gap', subject: 'sampler', step: STEP, atS: chance.between(4, 12), downMs: 0 } }),
  },
  {
    kind: 'host added',
    codes: ['GAPS'],
    bad: (chance, spoilt) => ({
      incident: { kind: 'host-added', subject: `${spoilt.runs.webTier}-9`, step: STEP, atS: chance.between(4, 12), downMs: 0 },
    }),
    mild: () => ({}),
  },
  {
    kind: 'too short',
    codes: ['SHORT'],
    bad: () => ({}),
    mild: () => ({}),
  },
  {
    kind: 'wrong mix',
    codes: ['MIX'],
    bad: (chance) => ({ unsent: { name: COMMON, share: chance.between(0.35, 0.7) } }),
    mild: (chance) => ({ unsent: { name: COMMON, share: chance.between(0, 0.03) } }),
  },
  {
    kind: 'tier not seen',
    codes: ['BLIND'],
    bad: (chance, spoilt) => ({
      blind: chance.share() < 0.5 ? { host: someHost(chance, spoilt), kind: 'cpu' } : { host: `${spoilt.runs.webTier}-1`, kind: 'pool' },
    }),
    mild: () => ({}),
  },
  { kind: 'stopped early', codes: ['INTERRUPTED'], bad: () => ({ interrupted: true }), mild: () => ({}) },
  { kind: 'without limits', codes: ['UNBUDGETED'], bad: () => ({ unbudgeted: true }), mild: () => ({}) },
  {
    kind: 'never at rest',
    codes: ['UNSTEADY'],
    bad: (chance) => ({ creep: { role: 'sql', step: CREEP_STEP, msPerS: chance.between(5.5, 6.5) } }),
    mild: (chance) => ({ creep: { role: 'sql', step: CREEP_STEP, msPerS: chance.between(0.2, 1) } }),
  },
];

/** Made after those: they come between rounds of them, so that a seed gives the same cases of the first. */
const LATER_SPOILERS: readonly Spoiler[] = [
  {
    kind: 'no files left',
    codes: ['GEN_SOCKETS'],
    bad: (chance) => ({ maxConnections: chance.whole(1, 2) }),
    mild: (chance) => ({ maxConnections: chance.whole(250, 500) }),
  },
  {
    kind: 'foreign load',
    codes: ['FOREIGN_LOAD'],
    // Against 90 to 300 requests a second of the lab's own in the steps that hold; the visitor of the lab is one in ten seconds.
    bad: (chance) => ({ foreignPerS: chance.between(20, 40) }),
    mild: (chance) => ({ foreignPerS: chance.between(0.1, 0.8) }),
  },
];

/** A climb with so little time in each step that it cannot know a p95. */
function hurriedSteps(target: number, measuredS: number): SimulatedRun['loads'] {
  const steps = [0.5, 0.65, 0.8, 0.95, 1.1, 1.3, 1.5].map((share, index) => ({
    index: index + 1,
    kind: 'load' as const,
    rate: Math.round(10 * share * target) / 10,
    holdS: 2 + measuredS,
    settleS: 2,
  }));
  return { steps, endsAfter: 'two-failures' };
}

/** The n-th run that must be refused, or with `mild` the like one that must not. */
export function spoiltCase(seed: number, tried: number, mild: boolean): SimulatedCase {
  const { later, n } = turnOf(tried, SPOILERS.length, LATER_SPOILERS.length);
  const list = later ? LATER_SPOILERS : SPOILERS;
  const spoiler = list[n % list.length] as Spoiler;
  const chance = new Chance(seed * 400_009 + n + (later ? 200_003 : 0));
  const spoilt = SPOILT[Math.floor(n / list.length) % SPOILT.length] as Spoilt;
  const { stage, runs } = spoilt;
  const short = spoiler.kind === 'too short';
  const target = short && mild ? chance.between(110, 140) : loadFor(chance, stage, runs.profile);
  const base = stage.site(chance, runs.profile, target, 1.35);
  const injected = chance.of(runs.causes)(base, target, chance);
  const site: CaseSite = injected?.site ?? base;
  const run = runOf(
    stage,
    site,
    `${mild ? 'valid' : 'invalid'}-${later ? 'later-' : ''}${n}`,
    seed * 4001 + n,
    target * chance.between(0.9, 1.15),
  );
  return {
    id: run.name,
    group: mild ? 'valid' : 'invalid',
    stage: stage.topology.stage,
    kind: spoiler.kind,
    truth: mild
      ? { kind: 'limits', causes: injected === null ? [] : [injected.cause], load: target }
      : { kind: 'invalid', codes: spoiler.codes },
    run: {
      ...run,
      disturbance: (mild ? spoiler.mild : spoiler.bad)(chance, spoilt),
      quick: short,
      ...(short && !mild ? { loads: hurriedSteps(target, chance.between(0.8, 1.6)) } : {}),
    },
    controls: [],
  };
}

import { random, shuffled } from '@loadstair/kit';
import { EXAMPLE_EXPERIMENT, stages } from '@loadstair/stages';
import type { Topology } from '@loadstair/topology';

export const KILL_COMMANDS = ['up', 'run', 'experiment', 'down'] as const;
export type KillCommand = (typeof KILL_COMMANDS)[number];

/** What is killed: `host` is any process of any host, `command` the command line itself. */
export const KILL_TARGETS = ['labd', 'k6', 'prometheus', 'host', 'command'] as const;
export type KillTarget = (typeof KILL_TARGETS)[number];

/** From where a moment is counted: the start of the command, its hosts being up, or its first step of load. */
export type KillPhase = 'start' | 'warm-up' | 'load';

/** One round, drawn from the seed before anything runs. */
export interface KillPlan {
  readonly command: KillCommand;
  readonly stage: number;
  readonly phase: KillPhase;
  /** Seconds into the phase. */
  readonly seconds: number;
  /** The first of these that is there is killed. */
  readonly targets: readonly KillTarget[];
  /** Which process of the target, as a share of their number in [0, 1). */
  readonly pick: number;
}

/** The first stage, and each that brings a kind of component that none before it had. */
export const KILL_STAGES: readonly number[] = stages
  .filter(({ topology }, index) => {
    const known = new Set(stages.slice(0, index).flatMap((before) => kindsOf(before.topology)));
    return kindsOf(topology).some((kind) => !known.has(kind));
  })
  .map(({ topology }) => topology.stage);
/** Runs pass through most phases, so they are drawn most. */
const COMMANDS: readonly KillCommand[] = ['run', 'run', 'run', 'run', 'up', 'up', 'up', 'experiment', 'down', 'down'];
const PHASES: readonly KillPhase[] = ['start', 'start', 'warm-up', 'load'];
const LEAST_S = 0.2;
const MOST_S = { up: 12, run: 12, experiment: 12, down: 2 } as const;
/** How often k6 comes first in the phases in which it runs; elsewhere it is hardly ever there. */
const K6_SHARE = 0.4;
/** A quick warm-up and a quick step of load are not much longer. */
const MOST_IN_PHASE_S = 8;
/** An odd constant, so that neighbouring seeds share no round. */
const SEED_STEP = 0x9e37_79b1;

/**
 * The plan of a round; equal seeds give equal plans.
 *
 * @param round from 0
 */
export function killPlan(seed: number, round: number): KillPlan {
  const next = random((Math.imul(seed, SEED_STEP) ^ round) >>> 0);
  const draw = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;
  const command = draw(COMMANDS);
  const measures = command === 'run' || command === 'experiment';
  const phase = measures ? draw(PHASES) : 'start';
  const most = phase === 'start' ? MOST_S[command] : MOST_IN_PHASE_S;
  // Squared: the start of labd takes a second only, and early moments hit it.
  const share = next() ** 2;
  const seconds = Math.round(10 * (LEAST_S + share * (most - LEAST_S))) / 10;
  return {
    command,
    stage: command === 'experiment' ? EXAMPLE_EXPERIMENT.stage : (KILL_STAGES[round % KILL_STAGES.length] as number),
    phase,
    seconds,
    targets: targetsOf(phase, next),
    pick: next(),
  };
}

/** The words after `./lab` of the command that is disturbed. */
export function killArguments({ command, stage }: Pick<KillPlan, 'command' | 'stage'>, instance: number): string[] {
  const at = ['--instance', String(instance)];
  switch (command) {
    case 'up':
      return ['up', String(stage), ...at, '--no-input'];
    case 'run':
      return ['run', String(stage), '--quick', ...at, '--no-input'];
    case 'experiment':
      return ['experiment', EXAMPLE_EXPERIMENT.name, '--quick', ...at, '--no-input'];
    case 'down':
      return ['down', ...at];
  }
}

/** How a round names its command. */
export function killCommandText({ command, stage }: Pick<KillPlan, 'command' | 'stage'>): string {
  switch (command) {
    case 'up':
      return `up ${stage}`;
    case 'run':
      return `run ${stage} --quick`;
    case 'experiment':
      return `experiment ${EXAMPLE_EXPERIMENT.name} --quick`;
    case 'down':
      return `down after up ${stage}`;
  }
}

function kindsOf({ tiers }: Topology): string[] {
  return tiers.flatMap(({ components }) => components);
}

function targetsOf(phase: KillPhase, next: () => number): KillTarget[] {
  const targets = shuffled(KILL_TARGETS, next);
  const k6First = phase !== 'start' && next() < K6_SHARE;
  return k6First ? ['k6', ...targets.filter((target) => target !== 'k6')] : targets;
}

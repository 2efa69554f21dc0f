import { findOnset, loadSteps, type RunData, type StepData } from '@loadstair/analysis';
import type { PlannedStep } from '@loadstair/load';
import { CORES_PER_LAB_CPU, simulate, type SimulatedRun } from '../run/simulate.ts';
import { HEALTHY, type SiteModel } from '../site/model.ts';

/** A recorded run and the same simulated: what the CPU of an arrival costs is taken from the record, all else is the model's. */
export interface Fitted {
  readonly model: SiteModel;
  readonly run: SimulatedRun;
}

const ROUNDS = 5;
const FIT_SEED = 11;

/**
 * Finds the four costs that make a simulated run use as much CPU per arrival as a recorded one, in its calmest step and in
 * the fullest that held: work and wake-up of Node and of PostgreSQL. Nothing else is fitted: latency, throttled periods and waits are
 * what the model makes of it.
 */
export function fitTo(recorded: RunData): Fitted {
  let model: SiteModel = HEALTHY;
  const steps = loadSteps(recorded).toSorted((a, b) => a.offered - b.offered);
  const calm = steps[0];
  const onset = findOnset(recorded);
  const full = steps.filter((step) => onset === null || step.offered < onset.firstFail).at(-1);
  if (calm === undefined || full === undefined) throw new Error(`run ${recorded.run} has no load steps to fit`);
  for (let round = 0; round < ROUNDS; round += 1) {
    const own = simulate(sameRun(recorded, model, FIT_SEED));
    const like = (step: StepData): StepData => own.steps.find((one) => one.index === step.index) as StepData;
    const ratio = (component: string, step: StepData): number => cpuMs(step, component) / cpuMs(like(step), component);
    const balancer = steps.some((step) => cpuMs(step, 'haproxy') > 0) ? ratio('haproxy', full) : null;
    const atFull = { web: ratio('site', full), db: ratio('postgres', full) };
    const atCalm = { web: ratio('site', calm), db: ratio('postgres', calm) };
    // At full load wake-ups hardly count, at low load they do: the one fits the work, what is left fits the wake-ups.
    model = {
      ...model,
      // At stages without a balancer the web server takes the connections, and its own fit has them.
      ...(balancer === null
        ? {}
        : { lbMs: model.lbMs * balancer, connectMs: model.connectMs * balancer, lbWakeMs: model.lbWakeMs * balancer }),
      webCost: model.webCost * atFull.web,
      dbCost: model.dbCost * atFull.db,
      webWakeMs: Math.max(0, model.webWakeMs * (atCalm.web / atFull.web) ** 2),
      dbWakeMs: Math.max(0, model.dbWakeMs * (atCalm.db / atFull.db) ** 2),
    };
  }
  return { model, run: sameRun(recorded, model, FIT_SEED) };
}

/** The stage, sizes and loads of a recorded run, to be simulated. */
export function sameRun(recorded: RunData, model: SiteModel, seed: number): SimulatedRun {
  return {
    name: `as-${recorded.run}`,
    stage: recorded.stage.number,
    settings: settingsOf(recorded),
    profile: recorded.profile.name,
    model,
    disturbance: {},
    seed,
    quick: false,
    loads: {
      steps: loadSteps(recorded).map((step): PlannedStep => {
        const holdS = Math.round((step.endMs - step.startMs) / 1000);
        const settleS = holdS >= 10 ? 3 : 2;
        return { index: step.index, kind: 'load', rate: step.offered, holdS: holdS + settleS, settleS };
      }),
      stopsOnFailure: false,
    },
  };
}

/** CPU ms per completed arrival of all components of a kind. */
export function cpuMs(step: StepData, component: string): number {
  const cores = step.use.reduce((sum, use) => sum + (use.byComponent?.[component] ?? 0), 0);
  return (1000 * cores) / (step.load.completed / ((step.endMs - step.startMs) / 1000));
}

function settingsOf(recorded: RunData): string[] {
  return recorded.tiers.flatMap((tier) => {
    const of = (kind: string): number | null =>
      recorded.resources.find((one) => one.tier === tier.name && one.kind === kind)?.limit ?? null;
    const [cpu, pool, slots] = [of('cpu'), of('pool'), of('slots')];
    return [
      `${tier.name}.count=${tier.hosts.length}`,
      ...(cpu === null ? [] : [`${tier.name}.cpu=${Number((cpu / CORES_PER_LAB_CPU).toFixed(3))}`]),
      ...(pool === null ? [] : [`${tier.name}.pool=${pool}`]),
      ...(slots === null
        ? []
        : [`${tier.name}.maxconn=${Math.round(slots / (recorded.tiers.find((one) => one.name === 'web')?.hosts.length ?? 1))}`]),
    ];
  });
}

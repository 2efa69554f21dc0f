import { findOnset, loadSteps, type RunData, type StepData } from '@loadstair/analysis';
import type { PlannedStep } from '@loadstair/load';
import { CORES_PER_LAB_CPU } from '@loadstair/topology';
import { simulate, type SimulatedRun } from '../run/simulate.ts';
import { HEALTHY, type SiteModel } from '../site/model.ts';

/** A recorded run and the same simulated: what the CPU of an arrival costs is taken from the record, all else is the model's. */
export interface Fitted {
  readonly model: SiteModel;
  readonly run: SimulatedRun;
}

const ROUNDS = 4;
const FIT_SEED = 11;
/** How much wake-ups count beside the model's own: how far cost falls with load. */
const WAKES = [0.7, 1, 1.2, 1.4, 1.6, 2] as const;
/** In a host that is full the quota decides what is used, not the cost. */
const NOT_FULL = 0.97;
/** Throughput past the onset says what a full host needs; a difference of it weighs as much as that of several CPUs. */
const THROUGHPUT_WEIGHT = 4;

/**
 * Finds the costs at which a simulated run uses as much CPU as a recorded one over the steps that held: of Node, PostgreSQL and
 * HAProxy, and how much of it is wake-ups, so that throughput ends where it did. Nothing else is fitted: latency, throttled
 * periods, waits and the onset are what the model makes of it.
 */
export function fitTo(recorded: RunData): Fitted {
  const onset = findOnset(recorded);
  const held = loadSteps(recorded).filter((step) => onset === null || step.offered < onset.firstFail);
  const roomy = held.filter((step) => step.use.every((use) => !use.resource.endsWith('/cpu') || use.busy < NOT_FULL));
  if (roomy.length === 0) throw new Error(`run ${recorded.run} has no step that held with room to spare`);
  const fits = WAKES.map((wakes) => {
    const model = costsOf(recorded, roomy, wakes);
    return { model, error: misfit(loadSteps(recorded), simulate(sameRun(recorded, model, FIT_SEED))) };
  });
  const { model } = fits.reduce((best, one) => (one.error < best.error ? one : best));
  return { model, run: sameRun(recorded, model, FIT_SEED) };
}

function costsOf(recorded: RunData, steps: readonly StepData[], wakes: number): SiteModel {
  let model: SiteModel = { ...HEALTHY, webWakeMs: HEALTHY.webWakeMs * wakes, dbWakeMs: HEALTHY.dbWakeMs * wakes };
  for (let round = 0; round < ROUNDS; round += 1) {
    const own = simulate(sameRun(recorded, model, FIT_SEED));
    const like = steps.map((step) => own.steps.find((one) => one.index === step.index) as StepData);
    const ratio = (component: string): number => {
      const used = cpuOf(like, component);
      return used === 0 ? 1 : cpuOf(steps, component) / used;
    };
    const [web, db, balancer] = [ratio('site'), ratio('postgres'), ratio('haproxy')];
    model = {
      ...model,
      webCost: model.webCost * web,
      webWakeMs: model.webWakeMs * web,
      dbCost: model.dbCost * db,
      dbWakeMs: model.dbWakeMs * db,
      lbMs: model.lbMs * balancer,
      lbWakeMs: model.lbWakeMs * balancer,
    };
  }
  return model;
}

/** Sum of squared differences of the use of CPUs and, relatively, of what came back. */
function misfit(steps: readonly StepData[], own: RunData): number {
  return steps.reduce((sum, step) => {
    const like = own.steps.find((one) => one.index === step.index);
    const back = THROUGHPUT_WEIGHT * Math.log((step.load.completed + 1) / ((like?.load.completed ?? 0) + 1)) ** 2;
    return step.use
      .filter((use) => use.kind === 'cpu')
      .reduce((all, use) => all + (use.busy - (like?.use.find((one) => one.resource === use.resource)?.busy ?? 0)) ** 2, sum + back);
  }, 0);
}

/** CPU ms per completed arrival of all components of a kind, summed over steps. */
function cpuOf(steps: readonly StepData[], component: string): number {
  return steps.reduce((sum, step) => {
    const cores = step.use.reduce((all, use) => all + (use.kind === 'cpu' ? (use.byComponent?.[component] ?? 0) : 0), 0);
    return sum + (1000 * cores) / (step.load.completed / ((step.endMs - step.startMs) / 1000));
  }, 0);
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
      endsAfter: null,
    },
  };
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

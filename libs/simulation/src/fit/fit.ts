import { findOnset, loadSteps, type RunData, type StepData } from '@loadstair/analysis';
import { componentOf, HEALTHY, modelOf, type SimulatedModel } from '@loadstair/components';
import { declarations } from '@loadstair/components/declarations';
import type { PlannedStep } from '@loadstair/load';
import { stageByNumber } from '@loadstair/stages';
import { applySettings, CORES_PER_LAB_CPU, type Topology } from '@loadstair/topology';
import { simulate, type SimulatedRun } from '../run/simulate.ts';

/** A recorded run and the same simulated: what the CPU of an arrival costs is taken from the record, all else is the model's. */
export interface Fitted {
  readonly model: SimulatedModel;
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
 * Finds the costs at which a simulated run uses as much CPU as a recorded one over the steps that held: of every component that can be
 * scaled, and how much of it is wake-ups, so that throughput ends where it did. Nothing else is fitted: latency, throttled
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

function costsOf(recorded: RunData, steps: readonly StepData[], wakes: number): SimulatedModel {
  const kinds = [...new Set(stageByNumber(recorded.stage.number).topology.tiers.flatMap(({ components }) => components))];
  let model = HEALTHY;
  for (const kind of kinds) model = scaled(model, kind, { cost: 1, wakes });
  for (let round = 0; round < ROUNDS; round += 1) {
    const own = simulate(sameRun(recorded, model, FIT_SEED));
    const like = steps.map((step) => own.steps.find((one) => one.index === step.index) as StepData);
    for (const kind of kinds) {
      const used = cpuOf(like, kind);
      if (used > 0) model = scaled(model, kind, { cost: cpuOf(steps, kind) / used, wakes: 1 });
    }
  }
  return model;
}

/** A model in which a component costs so many times as much. */
function scaled(model: SimulatedModel, kind: string, factor: { readonly cost: number; readonly wakes: number }): SimulatedModel {
  const { simulated } = componentOf(kind);
  if (simulated?.scaled === undefined) return model;
  return { ...model, components: { ...model.components, [kind]: simulated.scaled(modelOf(kind, simulated, model), factor) } };
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
export function sameRun(recorded: RunData, model: SimulatedModel, seed: number): SimulatedRun {
  return {
    name: `as-${recorded.run}`,
    topology: topologyOf(recorded),
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

function topologyOf(recorded: RunData): Topology {
  const { topology } = stageByNumber(recorded.stage.number);
  const settings = recorded.tiers.flatMap((tier) => {
    const cpu = recorded.resources.find((one) => one.tier === tier.name && one.kind === 'cpu')?.limit ?? null;
    return [
      `${tier.name}.count=${tier.hosts.length}`,
      ...(cpu === null ? [] : [`${tier.name}.cpu=${Number((cpu / CORES_PER_LAB_CPU).toFixed(3))}`]),
      ...limitsOf(recorded, tier.name),
    ];
  });
  return applySettings(topology, settings, declarations);
}

/** Settings that give the components of a tier the limits that were recorded. */
function limitsOf({ resources, tiers }: RunData, tier: string): string[] {
  const first = resources.filter((one) => one.tier === tier && one.host === resources.find((other) => other.tier === tier)?.host);
  return first.flatMap(({ component, kind, limit, waitsOn }) => {
    const settings = component === null ? {} : (declarations.get(component)?.settings ?? {});
    const key = Object.entries(settings).find(([, setting]) => 'relieves' in setting && setting.relieves === kind)?.[0];
    if (key === undefined || limit === null) return [];
    // Slots are counted for all servers behind a balancer together, and set for each.
    const servers = kind === 'slots' ? (tiers.find(({ name }) => name === waitsOn)?.hosts.length ?? 1) : 1;
    return [`${tier}.${key}=${Math.round(limit / servers)}`];
  });
}

import { Chance } from '@loadstair/simulation-engine';
import { simulatedStages, type CaseSite, type Cause, type SimulatedStage } from '@loadstair/stages/simulated';
import type { SimulatedRun } from '../run/simulate.ts';
import { inRounds, loadFor, profileFor, runOf, stepsAt, turnOf, type SimulatedCase } from './case.ts';

const SINGLES = inRounds(simulatedStages, ({ singles }) => singles);
const LATER = simulatedStages.flatMap((stage) => (stage.later ?? []).map((line) => ({ stage, line })));
const PAIRS = inRounds(simulatedStages, ({ pairs }) => pairs);

/** How much of what the site would hold the cause leaves: severities. */
const LEFT = [0.8, 0.65, 0.5] as const;
/** How far the prediction of the warm-up lies from the truth, as a factor: recorded runs show 1.0 to 1.5. */
const predictionError = (chance: Chance): number => Math.min(1.5, Math.max(0.8, Math.exp(0.08 + 0.16 * chance.normal())));

/** The n-th single cause of a seed; null when chance drew what the lab cannot be set to. */
export function singleCase(seed: number, tried: number): SimulatedCase | null {
  const { later, n } = turnOf(tried, SINGLES.length, LATER.length);
  const lines = later ? LATER : SINGLES;
  const { stage, line } = lines[n % lines.length] as (typeof lines)[number];
  const chance = new Chance(seed * 100_003 + n + (later ? 50_021 : 0));
  const left = LEFT[Math.floor(n / lines.length) % LEFT.length] as number;
  const profile = profileFor(chance, stage, line.profiles);
  const target = loadFor(chance, stage, profile);
  const base = stage.site(chance, profile, target, Math.max(1.25, 1 / left));
  const injected = line.cause(base, target, chance);
  if (injected === null) return null;
  const run = runOf(
    stage,
    injected.site,
    `single-${later ? 'later-' : ''}${n}`,
    seed * 1009 + n + (later ? 503 : 0),
    target * predictionError(chance),
  );
  return {
    id: run.name,
    group: 'single',
    stage: stage.topology.stage,
    kind: line.kind,
    truth: { kind: 'limits', causes: [injected.cause], load: target },
    run: line.climb === undefined ? run : { ...run, loads: stepsAt(line.climb.map((share) => share * target)) },
    controls: [{ run: controlOf(stage, injected.control ?? base, run), holds: true }],
  };
}

/** The n-th site with two causes that end at the same load. */
export function twoCase(seed: number, n: number): SimulatedCase | null {
  const { stage, line } = PAIRS[n % PAIRS.length] as (typeof PAIRS)[number];
  const chance = new Chance(seed * 200_003 + n);
  const profile = profileFor(chance, stage, line.profiles);
  const target = loadFor(chance, stage, profile);
  const base = stage.site(chance, profile, target, 1.45);
  const [first, second] = line.both;
  const one = first(base, target, chance);
  if (one === null) return null;
  const both = second(one.site, target, chance);
  const other = second(base, target, new Chance(seed * 200_003 + n + 77));
  if (both === null || other === null) return null;
  const run = runOf(stage, both.site, `two-${n}`, seed * 2003 + n, target * predictionError(chance));
  return {
    id: run.name,
    group: 'two',
    stage: stage.topology.stage,
    kind: line.kind,
    truth: { kind: 'limits', causes: [one.cause, both.cause], load: target },
    run,
    controls: [
      { run: controlOf(stage, base, run), holds: true },
      { run: controlOf(stage, one.site, run), holds: false },
      { run: controlOf(stage, without(both.site, base, one.cause), run), holds: false },
    ],
  };
}

/** A site whose climb ends before anything does. */
export function noneCase(seed: number, n: number): SimulatedCase {
  const chance = new Chance(seed * 300_007 + n);
  const stage = simulatedStages[n % simulatedStages.length] as SimulatedStage;
  const profile = profileFor(chance, stage);
  const capacity = loadFor(chance, stage, profile) * 1.3;
  const base = stage.site(chance, profile, capacity, 1);
  const top = capacity * chance.between(0.45, 0.7);
  const steps = [0.45, 0.6, 0.75, 0.88, 1].map((share, index) => ({
    index: index + 1,
    kind: 'load' as const,
    rate: Math.max(0.1, Math.round(top * share * 10) / 10),
    holdS: 15,
    settleS: 3,
  }));
  const run: SimulatedRun = { ...runOf(stage, base, `none-${n}`, seed * 3001 + n, capacity), loads: { steps, endsAfter: 'two-failures' } };
  return { id: run.name, group: 'none', stage: stage.topology.stage, kind: 'none', truth: { kind: 'none' }, run, controls: [] };
}

function controlOf(stage: SimulatedStage, site: CaseSite, run: SimulatedRun): Omit<SimulatedRun, 'loads'> {
  return { ...runOf(stage, site, run.name, run.seed + 500_000, 0), quick: run.quick };
}

/** A site with its cause of a tier's CPU taken away again; the other cause stays. */
function without(site: CaseSite, base: CaseSite, cause: Cause): CaseSite {
  return { ...site, cpu: { ...site.cpu, [cause.tier]: base.cpu[cause.tier] ?? 1 } };
}

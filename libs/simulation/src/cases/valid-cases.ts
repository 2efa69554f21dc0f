import { Chance } from '../engine/chance.ts';
import type { SimulatedRun } from '../run/simulate.ts';
import { baseSite, settingsOf, targetLoad, type BaseSite } from './base-site.ts';
import type { Cause, SimulatedCase } from './case.ts';
import { alone, cpuOf, disk, edgesDown, eventLoop, heap, lock, pool, reclaim, slots, withDemand, type Injection } from './inject.ts';
import { littleMemory, newThings, shortLife } from './inject-cache.ts';

/** Causes by stage; the score sheet's lines. */
const SINGLES: readonly { readonly stage: number; readonly kind: string; readonly inject: Injection; readonly profile?: string }[] = [
  { stage: 1, kind: 'cpu', inject: cpuOf('server') },
  { stage: 1, kind: 'pool', inject: pool },
  { stage: 1, kind: 'lock', inject: lock },
  { stage: 1, kind: 'event-loop', inject: eventLoop },
  { stage: 1, kind: 'memory', inject: heap },
  { stage: 1, kind: 'disk', inject: disk },
  { stage: 2, kind: 'cpu', inject: cpuOf('web') },
  { stage: 2, kind: 'cpu', inject: cpuOf('db') },
  { stage: 2, kind: 'pool', inject: pool },
  { stage: 2, kind: 'lock', inject: lock },
  { stage: 2, kind: 'event-loop', inject: eventLoop },
  { stage: 2, kind: 'memory', inject: heap },
  { stage: 2, kind: 'memory', inject: reclaim },
  { stage: 2, kind: 'disk', inject: disk },
  { stage: 3, kind: 'cpu', inject: cpuOf('lb') },
  { stage: 3, kind: 'cpu', inject: cpuOf('web') },
  { stage: 3, kind: 'cpu', inject: cpuOf('db') },
  { stage: 3, kind: 'pool', inject: pool },
  { stage: 3, kind: 'slots', inject: slots },
  { stage: 3, kind: 'lock', inject: lock },
  { stage: 3, kind: 'event-loop', inject: eventLoop },
  { stage: 3, kind: 'memory', inject: heap },
  { stage: 3, kind: 'memory', inject: reclaim },
  { stage: 3, kind: 'disk', inject: disk },
  { stage: 4, kind: 'cpu', inject: cpuOf('db-replica') },
  { stage: 4, kind: 'cpu', inject: cpuOf('web') },
  { stage: 4, kind: 'cpu', inject: cpuOf('lb') },
  { stage: 3, kind: 'cpu alone', inject: alone },
  { stage: 4, kind: 'cpu', inject: cpuOf('db'), profile: 'writes' },
  { stage: 5, kind: 'hit-ratio', inject: littleMemory, profile: 'favourites' },
  { stage: 5, kind: 'hit-ratio', inject: shortLife, profile: 'favourites' },
  { stage: 5, kind: 'cpu', inject: newThings, profile: 'favourites' },
  { stage: 5, kind: 'cpu', inject: cpuOf('web') },
  { stage: 6, kind: 'cpu', inject: cpuOf('edge'), profile: 'galleries' },
  { stage: 6, kind: 'cpu', inject: cpuOf('web') },
  { stage: 6, kind: 'cpu alone', inject: alone },
  { stage: 6, kind: 'edge down', inject: edgesDown, profile: 'galleries' },
];

const PAIRS: readonly { readonly stage: number; readonly kind: string; readonly both: readonly [Injection, Injection] }[] = [
  { stage: 2, kind: 'cpu + cpu', both: [cpuOf('web'), cpuOf('db')] },
  { stage: 3, kind: 'cpu + cpu', both: [cpuOf('web'), cpuOf('db')] },
  { stage: 3, kind: 'cpu + cpu', both: [cpuOf('lb'), cpuOf('db')] },
  { stage: 2, kind: 'cpu + pool', both: [cpuOf('web'), pool] },
  { stage: 3, kind: 'cpu + pool', both: [cpuOf('db'), pool] },
  { stage: 3, kind: 'cpu + slots', both: [cpuOf('db'), slots] },
  { stage: 2, kind: 'cpu + lock', both: [cpuOf('web'), lock] },
  { stage: 3, kind: 'cpu + lock', both: [cpuOf('web'), lock] },
  { stage: 2, kind: 'cpu + event-loop', both: [cpuOf('db'), eventLoop] },
];

/** How much of what the site would hold the cause leaves: severities. */
const LEFT = [0.8, 0.65, 0.5] as const;
/** How far the prediction of the warm-up lies from the truth, as a factor: recorded runs show 1.0 to 1.5. */
const predictionError = (chance: Chance): number => Math.min(1.5, Math.max(0.8, Math.exp(0.08 + 0.16 * chance.normal())));

const profileOf = (chance: Chance, stage: number, kind: string): string =>
  kind === 'slots' || kind === 'pool'
    ? chance.of(['pages', 'mixed'])
    : stage === 1
      ? chance.of(['shared-host', 'shared-host', 'mixed'])
      : chance.of(['pages', 'mixed', ...(stage >= 3 ? ['reads', 'reads'] : [])]);

/** The n-th single cause of a seed; null when chance drew what the lab cannot be set to. */
export function singleCase(seed: number, n: number): SimulatedCase | null {
  const line = SINGLES[n % SINGLES.length] as (typeof SINGLES)[number];
  const chance = new Chance(seed * 100_003 + n);
  const left = LEFT[Math.floor(n / SINGLES.length) % LEFT.length] as number;
  const profile = line.profile ?? profileOf(chance, line.stage, line.kind);
  const target = targetLoad(chance, profile, line.stage);
  const base = baseSite(chance, line.stage, profile, target, Math.max(1.25, 1 / left));
  const injected = line.inject(base, target, chance);
  if (injected === null) return null;
  const site = withDemand(injected.site);
  const run = runOf(site, `single-${n}`, seed * 1009 + n, target * predictionError(chance));
  return {
    id: run.name,
    group: 'single',
    stage: line.stage,
    kind: line.kind,
    truth: { kind: 'limits', causes: [injected.cause], load: target },
    run,
    controls: [{ run: controlOf(injected.control ?? base, run), holds: true }],
  };
}

/** The n-th site with two causes that end at the same load. */
export function twoCase(seed: number, n: number): SimulatedCase | null {
  const line = PAIRS[n % PAIRS.length] as (typeof PAIRS)[number];
  const chance = new Chance(seed * 200_003 + n);
  const profile = profileOf(chance, line.stage, line.kind.includes('pool') || line.kind.includes('slots') ? 'pool' : 'cpu');
  const target = targetLoad(chance, profile, line.stage);
  const base = baseSite(chance, line.stage, profile, target, 1.45);
  const [first, second] = line.both;
  const one = first(base, target, chance);
  if (one === null) return null;
  const both = second(one.site, target, chance);
  const other = second(base, target, new Chance(seed * 200_003 + n + 77));
  if (both === null || other === null) return null;
  const run = runOf(withDemand(both.site), `two-${n}`, seed * 2003 + n, target * predictionError(chance));
  return {
    id: run.name,
    group: 'two',
    stage: line.stage,
    kind: line.kind,
    truth: { kind: 'limits', causes: [one.cause, both.cause], load: target },
    run,
    controls: [
      { run: controlOf(base, run), holds: true },
      { run: controlOf(withDemand(one.site), run), holds: false },
      { run: controlOf(withDemand(without(both.site, base, one.cause)), run), holds: false },
    ],
  };
}

/** A site whose climb ends before anything does. */
export function noneCase(seed: number, n: number): SimulatedCase {
  const chance = new Chance(seed * 300_007 + n);
  const stage = 1 + (n % 6);
  const profile = profileOf(chance, stage, 'none');
  const capacity = targetLoad(chance, profile, stage) * 1.3;
  const base = baseSite(chance, stage, profile, capacity, 1);
  const top = capacity * chance.between(0.45, 0.7);
  const steps = [0.45, 0.6, 0.75, 0.88, 1].map((share, index) => ({
    index: index + 1,
    kind: 'load' as const,
    rate: Math.max(0.1, Math.round(top * share * 10) / 10),
    holdS: 15,
    settleS: 3,
  }));
  const run: SimulatedRun = { ...runOf(base, `none-${n}`, seed * 3001 + n, capacity), loads: { steps, endsAfter: 'two-failures' } };
  return { id: run.name, group: 'none', stage, kind: 'none', truth: { kind: 'none' }, run, controls: [] };
}

export function runOf(site: BaseSite, name: string, seed: number, predicted: number): SimulatedRun {
  return {
    name,
    stage: site.stage,
    settings: settingsOf(site),
    profile: site.profile,
    model: site.model,
    disturbance: {},
    seed,
    quick: false,
    loads: { predicted },
  };
}

function controlOf(site: BaseSite, run: SimulatedRun): Omit<SimulatedRun, 'loads'> {
  return { ...run, settings: settingsOf(site), model: site.model, seed: run.seed + 500_000 };
}

/** A site with its cause of a tier's CPU taken away again; the other cause stays. */
function without(site: BaseSite, base: BaseSite, cause: Cause): BaseSite {
  return { ...site, cpu: { ...site.cpu, [cause.tier]: base.cpu[cause.tier] ?? 1 } };
}

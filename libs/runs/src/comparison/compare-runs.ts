import { randomBytes } from 'node:crypto';
import {
  compareArms,
  falsePositives,
  latencyAtSameLoad,
  pooledSpread,
  usualCost,
  type Comparison,
  type RunData,
} from '@loadstair/analysis';
import type { Topology } from '@loadstair/topology';
import type { OpenedRun } from '../run-folder.ts';
import { armOf, judgeRuns, loadsOf, usedRuns, type Arm } from './arm.ts';
import type { ComparisonRecord, PricedArm, Transition } from './comparison-store.ts';
import { stillLimits, type Side } from './still-limits.ts';

/** Runs that stand for one thing. */
export interface RunGroup {
  readonly label: string;
  readonly runs: readonly OpenedRun[];
}

/** What a topology costs, and as of when. */
export interface Pricing {
  readonly date: string;
  readonly currency: string;
  readonly of: (topology: Topology) => { readonly labCpus: number; readonly pricePerMonth: number };
}

/** What is compared besides the runs. */
export interface CompareOptions {
  readonly pricing: Pricing;
  /** The profile that reveals the limit of a stage. */
  readonly revealing: (stage: number) => string;
  /** Of each ratio's interval; higher where runs are looked at several times (`confidenceOf`). */
  readonly confidence?: number;
}

/** Stored runs by what ran; runs of one topology only are held against each other one by one. */
export function groupRuns(runs: readonly OpenedRun[]): RunGroup[] {
  const byTopology = new Map<string, OpenedRun[]>();
  for (const run of runs) byTopology.set(run.manifest.topologyHash, [...(byTopology.get(run.manifest.topologyHash) ?? []), run]);
  const label = (run: OpenedRun): string => labelOf(run.manifest, run.manifest.set);
  if (byTopology.size === 1) return runs.map((run) => ({ label: `${label(run)} ${run.id}`, runs: [run] }));
  return [...byTopology.values()].map((own) => ({ label: label(own[0] as OpenedRun), runs: own }));
}

/** `3 load-balancer web.count=3` */
export function labelOf({ stage, slug }: { readonly stage: number; readonly slug: string }, set: readonly string[]): string {
  return `${stage} ${slug}${set.map((one) => ` ${one}`).join('')}`;
}

/** Groups of runs side by side: each against the first and the one before it. Throws when a group is empty. */
export function comparisonOf(groups: readonly RunGroup[], { pricing, revealing, confidence = 0.95 }: CompareOptions): ComparisonRecord {
  // One and the same machine for all of them: its usual speed, and how runs on it scatter.
  const usual = usualCost(groups.flatMap((group) => group.runs.map((run) => run.runData)));
  const judged = groups.map((group) => judgeRuns(group.runs, usual));
  const loads = judged.map(loadsOf);
  const spread = pooledSpread(loads);
  const arms = groups.map(({ label, runs }, index): PricedArm => {
    const [ran] = runs;
    if (ran === undefined) throw new Error('A comparison needs a run of each variant.');
    return { ...armOf(label, judged[index] ?? [], spread), ...pricing.of(ran.manifest.topology) };
  });
  const against = (first: number, second: number): Comparison => compareArms(loads[first] ?? [], loads[second] ?? [], spread, confidence);
  const [first] = groups[0]?.runs ?? [];
  if (first === undefined) throw new Error('A comparison needs a run.');
  const transition = (before: number, after: number): Transition => {
    const compared = against(before, after);
    const [dataBefore, dataAfter] = [before, after].map((index) => usedRuns(judged[index] ?? [])) as [RunData[], RunData[]];
    const [one, other] = [before, after].map((index) => sideOf(groups[index], arms[index])) as [Side, Side];
    const profiles = { compared: first.manifest.profile, revealing: revealing(one.topology.stage) };
    return {
      ...compared,
      latency: latencyAtSameLoad(dataBefore, dataAfter),
      stillLimits: stillLimits(compared, one, other, profiles),
    };
  };
  return {
    schema: 1,
    id: randomBytes(4).toString('hex'),
    madeAt: new Date().toISOString(),
    profile: first.manifest.profile,
    slo: first.runData.profile.slo,
    arms,
    againstFirst: arms.slice(1).map((_, index) => against(0, index + 1)),
    againstPrevious: arms.slice(1).map((_, index) => transition(index, index + 1)),
    prices: { date: pricing.date, currency: pricing.currency },
    sameTwice: sameTwice(arms),
  };
}

function sideOf(group: RunGroup | undefined, arm: Arm | undefined): Side {
  const [ran] = group?.runs ?? [];
  if (ran === undefined || arm === undefined) throw new Error('A comparison needs a run of each variant.');
  return { topology: ran.manifest.topology, limit: arm.limit };
}

/** Two arms of one and the same topology: whatever they differ by is noise. */
function sameTwice(arms: readonly Arm[]): ComparisonRecord['sameTwice'] {
  const [a, b] = arms;
  if (arms.length !== 2 || a === undefined || b === undefined || a.topologyHash !== b.topologyHash) return null;
  return falsePositives([...a.runs, ...b.runs].map((run) => run.capacity));
}

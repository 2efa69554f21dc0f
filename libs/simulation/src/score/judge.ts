import { diagnose, findOnset, loadSteps, stepHolds, type NamedResource, type RunData, type Verdict } from '@loadstair/analysis';
import type { Cause } from '@loadstair/stages/simulated';
import { MOVED, probeSteps, type SimulatedCase } from '../cases/case.ts';
import { simulate } from '../run/simulate.ts';
import { naive } from './baselines.ts';

/** A case and what the engine, and the naive rules, said of it. */
export interface Judged {
  readonly id: string;
  readonly group: SimulatedCase['group'];
  readonly stage: number;
  readonly kind: string;
  readonly verdict: Verdict['kind'];
  /** What the engine named, surest first; empty when it named nothing. */
  readonly named: readonly Cause[];
  readonly expected: readonly Cause[];
  /** The first one named is a true cause; a true one is among the first three; the named ones are the true ones. */
  readonly first: boolean;
  readonly firstThree: boolean;
  readonly set: boolean;
  readonly codes: readonly string[];
  /** A refusal, as a whole or from some load on, for the reason that was put there. */
  readonly rightCode: boolean;
  readonly confidence: number | null;
  /** ln(load found ÷ true load). */
  readonly loadError: number | null;
  readonly highestCpu: boolean;
  readonly largestZ: boolean;
  /** The true cause is the metric with the highest use. */
  readonly loudest: boolean;
}

/** Judges a case; null when it proves nothing: the cause did not move the onset, or nothing ran out. */
export function judge(one: SimulatedCase): Judged | null {
  const run = simulate(one.run);
  if (!counts(one, run)) return null;
  return judgeRun(one, run);
}

function counts(one: SimulatedCase, run: RunData): boolean {
  // Unrest spoils what is claimed of a step that held; a step that failed claims nothing.
  const { creep } = one.run.disturbance;
  if (creep !== undefined && one.group === 'invalid')
    return run.steps.some((step) => step.index === creep.step && stepHolds(step, run.profile.slo).holds);
  if (one.truth.kind !== 'limits') return true;
  if (one.group === 'valid') return true;
  const onset = findOnset(run);
  if (onset === null) return false;
  return one.controls.every(({ run: control, holds }) => {
    const found = simulate({ ...control, loads: { steps: probeSteps(onset.load * MOVED), endsAfter: null } });
    const held = loadSteps(found).filter((step) => stepHolds(step, found.profile.slo).holds).length;
    return holds ? held === 2 : held < 2;
  });
}

export function judgeRun(one: Pick<SimulatedCase, 'id' | 'group' | 'stage' | 'kind' | 'truth'>, run: RunData): Judged {
  const verdict = diagnose(run);
  const expected = one.truth.kind === 'limits' ? one.truth.causes : [];
  const own = verdict.kind === 'named' && verdict.imbalance !== undefined ? { alone: true as const } : {};
  const named = verdict.kind === 'named' ? [{ ...asCause(verdict), ...own }, ...verdict.with.map(asCause)] : [];
  const next = verdict.kind === 'named' && verdict.runnerUp !== null ? [asCause(verdict.runnerUp)] : [];
  const left = verdict.kind === 'unexplained' && verdict.bestLeft !== null ? [asCause(verdict.bestLeft)] : [];
  const isTrue = (cause: Cause | null | undefined): boolean =>
    cause !== null && cause !== undefined && expected.some((own) => same(own, cause));
  // Naive rules name a host's metric, and cannot say that it is alone.
  const isTrueOfRule = (cause: Cause | null): boolean =>
    cause !== null && expected.some(({ tier, resource }) => same({ tier, resource }, cause));
  const others = naive(run);
  const codes = verdict.kind === 'refused' ? verdict.codes : verdict.kind === 'none-in-range' ? (verdict.beyond?.codes ?? []) : [];
  const { truth } = one;
  return {
    id: one.id,
    group: one.group,
    stage: one.stage,
    kind: one.kind,
    verdict: verdict.kind,
    named,
    expected,
    first: isTrue(named[0]),
    firstThree: [...named, ...next, ...left].slice(0, 3).some(isTrue),
    set: named.length === expected.length && named.every(isTrue),
    codes,
    rightCode: truth.kind === 'invalid' && codes.some((code) => truth.codes.some((own) => own === code)),
    confidence: verdict.kind === 'named' ? verdict.confidence : null,
    loadError: verdict.kind === 'named' && truth.kind === 'limits' ? Math.log(verdict.load / truth.load) : null,
    highestCpu: isTrueOfRule(others.highestCpu),
    largestZ: isTrueOfRule(others.largestZ),
    loudest: isTrueOfRule(others.loudest),
  };
}

function asCause(named: Pick<NamedResource, 'tier' | 'resource'>): Cause {
  return { tier: named.tier, resource: named.resource };
}

function same(a: Cause, b: Cause): boolean {
  return a.tier === b.tier && a.resource === b.resource && a.alone === b.alone;
}

import { moduleOf, tiersBehind, useIn } from '@loadstair/resources';
import { backgroundUses, isBackground } from './background.ts';
import { demandsOf } from './demand.ts';
import { evidenceFor } from './evidence.ts';
import { gate } from './gate.ts';
import { imbalanceOf } from './imbalance.ts';
import { seenInService } from './in-service.ts';
import { knownFacts } from './known.ts';
import { failingSteps, findOnset, highestHeld, loadSteps, type FoundOnset } from './onset.ts';
import type { RunData, StepData } from './run-data.ts';
import { backgroundAt, suspectsOf, type Suspect } from './suspects.ts';
import { takenOut } from './taken-out.ts';
import { validPrefix } from './valid-prefix.ts';
import { withoutEdge } from './without-edge.ts';
import type {
  BackgroundUse,
  GateCheck,
  Interval,
  Named,
  NamedResource,
  NoneInRange,
  Onset,
  RefusalCode,
  Refused,
  RuledOut,
  RunnerUp,
  Unexplained,
  TakenOut,
  Verdict,
  WithoutEdge,
} from './verdict.ts';

/** Below this, a name would be a guess. */
const NAMED_FROM = 0.5;
const BAND = 0.25;
/** λ* ÷ that of the limit before it, up to which what stands behind ends first beyond the error of both. */
const ENDS_BEFORE = 0.95;
const NEARLY_ALL = 0.85;

/**
 * What limits a run, by measurement alone; refused when the run cannot be trusted. Pure: equal data, equal verdict.
 * The method is docs/explanation/measuring.md.
 *
 * @param waived checks another measurement of the same run makes up for: the trials of a search for its short steps
 */
export function diagnose(measured: RunData, waived: readonly RefusalCode[] = []): Verdict {
  const run = seenInService(measured);
  const checks = gate(run);
  const failed = checks.filter((check) => check.outcome === 'refuse' && !waived.includes(check.code));
  if (failed.length > 0) return heldBefore(run, failed, waived) ?? refused(failed);
  const onset = findOnset(run);
  if (onset === null) return noneInRange(run);

  const suspects = suspectsOf(run, onset);
  const ranked = suspects.filter((one) => one.state.kind === 'limits' || one.state.kind === 'close').sort(byRank(onset));
  const [best, second] = ranked;
  if (best === undefined) return unexplained(run, onset, suspects, null, 0);
  const partner = second !== undefined && together(run, best, second, onset) ? second : null;
  const confidence = confidenceOf(
    best,
    partner,
    ranked,
    onset,
    checks.some((check) => check.outcome === 'warn'),
  );
  if (confidence < NAMED_FROM) return unexplained(run, onset, suspects, best, confidence);
  return named(run, onset, suspects, best, partner, confidence);
}

/** Nothing ran out, as far as the run can be trusted; null where no part of it can. A search asks its trials instead. */
function heldBefore(run: RunData, failed: readonly GateCheck[], waived: readonly RefusalCode[]): NoneInRange | null {
  const part = waived.length > 0 ? null : validPrefix(run, failed);
  return part === null ? null : { ...noneInRange(part), beyond: { codes: failed.map((check) => check.code), checks: failed } };
}

function refused(checks: readonly GateCheck[]): Refused {
  return { kind: 'refused', codes: checks.map((check) => check.code), checks };
}

/**
 * What is at its limit comes before what is close to it; then what was full at the lower load; then the lower λ*; then the
 * fuller.
 */
function byRank(onset: FoundOnset): (a: Suspect, b: Suspect) => number {
  const order = (one: Suspect): number => (one.state.kind === 'limits' ? 0 : 1);
  const closeness = (one: Suspect): number => Math.log((one.saturation ?? onset.load) / onset.load) + (1 - Math.min(1, one.busy));
  return (a, b) =>
    order(a) - order(b) || (a.fullFrom ?? Number.MAX_VALUE) - (b.fullFrom ?? Number.MAX_VALUE) || closeness(a) - closeness(b);
}

/**
 * Two that were both full when the site first failed: had one more room, the other would still end it there. Behind a limit
 * comes no more than it lets through, so what is full there a step later was about to be.
 */
function together(run: RunData, a: Suspect, b: Suspect, onset: FoundOnset): boolean {
  const full = (one: Suspect): boolean => one.state.kind === 'limits' && one.fullFrom !== null;
  const atOnset = (one: Suspect): boolean => full(one) && (one.fullFrom as number) <= onset.firstFail;
  const behind = b.tier !== a.tier && tiersBehind(run, a.tier).includes(b.tier);
  return atOnset(a) && (atOnset(b) || (behind && (full(b) || endsBefore(b, a))));
}

/**
 * What stands behind a limit and, by what an arrival takes of it, would have been full at less load than that: only the limit before it
 * kept it from being seen so. It was used to nearly all it has.
 */
function endsBefore(behind: Suspect, limit: Suspect): boolean {
  if (behind.saturation === null || limit.saturation === null || behind.busy < NEARLY_ALL) return false;
  return behind.saturation <= ENDS_BEFORE * limit.saturation;
}

/**
 * Share of the bootstrap resamples in which the same resource runs out first of all that were full as early, lowered where it
 * was not seen at its limit, where λ* lies far from the onset, and where a check of the gate warned.
 */
function confidenceOf(best: Suspect, partner: Suspect | null, ranked: readonly Suspect[], onset: FoundOnset, warned: boolean): number {
  const asEarly = (one: Suspect): boolean => best.fullFrom === null || (one.fullFrom !== null && one.fullFrom <= best.fullFrom);
  const rivals = ranked.filter(
    (one) => one !== best && one !== partner && one.resamples.length > 0 && one.state.kind === best.state.kind && asEarly(one),
  );
  const rounds = best.resamples.length;
  let first = 0;
  for (let round = 0; round < rounds; round += 1) {
    const own = Math.min(best.resamples[round] ?? Infinity, partner?.resamples[round] ?? Infinity);
    if (rivals.every((rival) => own <= (rival.resamples[round] ?? Infinity))) first += 1;
  }
  const share = rounds === 0 || rivals.length === 0 ? 1 : first / rounds;
  const seen = best.state.kind === 'limits' ? 1 : 0.6;
  const far = best.saturation !== null && Math.abs(Math.log(best.saturation / onset.load)) > BAND ? 0.8 : 1;
  // Nothing measured is ever certain.
  return Math.min(0.99, share * seen * far * (warned ? 0.95 : 1));
}

function named(
  run: RunData,
  onset: FoundOnset,
  suspects: readonly Suspect[],
  best: Suspect,
  partner: Suspect | null,
  confidence: number,
): Named {
  const runnerUp = nextAfter(suspects, best, partner, onset);
  const imbalance = partner === null ? imbalanceOf(run, onset, best) : null;
  return {
    kind: 'named',
    ...asResource(best, onset),
    ...(imbalance === null ? {} : { hosts: [imbalance.host] }),
    with: partner === null ? [] : [asResource(partner, onset)],
    load: onset.load,
    interval: onset.between,
    confidence,
    runnerUp,
    evidence: evidenceFor(run, onset, best, partner, suspects),
    ruledOut: ruledOut(suspects, best, partner),
    onset: plainOnset(onset),
    shares: sharesOf(run, onset, best),
    ...(imbalance === null ? {} : { imbalance }),
    ...ofEdges(failingSteps(run, onset)),
    ...ofServers(failingSteps(run, onset)),
    ...ofBackground(backgroundAt(run, onset)),
  };
}

function asResource(suspect: Suspect, onset: FoundOnset): NamedResource {
  return {
    tier: suspect.tier,
    hosts: suspect.hosts,
    resource: suspect.kind,
    saturation: suspect.saturation ?? onset.load,
    saturationInterval: suspect.interval ?? onset.between,
  };
}

/** What would run out next if the named one had more. */
function nextAfter(suspects: readonly Suspect[], best: Suspect, partner: Suspect | null, onset: FoundOnset): RunnerUp | null {
  const others = suspects.filter(
    (one) =>
      one !== best &&
      one !== partner &&
      moduleOf(one.kind).prominence === 'first' &&
      one.state.kind !== 'explained' &&
      one.state.kind !== 'background' &&
      one.saturation !== null,
  );
  const next = others.reduce<Suspect | null>(
    (least, one) => (least === null || (one.saturation as number) < (least.saturation as number) ? one : least),
    null,
  );
  if (next === null || next.saturation === null) return null;
  const own = best.saturation ?? onset.load;
  return {
    tier: next.tier,
    hosts: next.hosts,
    resource: next.kind,
    saturation: next.saturation,
    saturationInterval: next.interval ?? [next.saturation, next.saturation],
    headroom: next.saturation / own,
  };
}

function ruledOut(suspects: readonly Suspect[], best: Suspect, partner: Suspect | null): RuledOut[] {
  return suspects
    .filter((one) => one !== best && one !== partner)
    .map((one) => ({
      tier: one.tier,
      resource: one.kind,
      reason: reasonAgainst(one),
    }));
}

function reasonAgainst({ state, kind, busy }: Suspect): string {
  switch (state.kind) {
    case 'explained':
      return state.reason;
    case 'background':
      return 'equally full at far less load';
    default:
      return moduleOf(kind).spare(busy);
  }
}

/** How a host's CPU splits between its components where the site failed; null when it has one. */
function sharesOf(run: RunData, onset: FoundOnset, best: Suspect): Readonly<Record<string, number>> | null {
  const use = failingSteps(run, onset).map((step) => useIn(step, best.worst.id))[0];
  const entries = Object.entries(use?.kind === 'cpu' ? (use.byComponent ?? {}) : {});
  const total = entries.reduce((sum, [, cores]) => sum + cores, 0);
  return entries.length < 2 || total === 0 ? null : Object.fromEntries(entries.map(([component, cores]) => [component, cores / total]));
}

function unexplained(run: RunData, onset: FoundOnset, suspects: readonly Suspect[], best: Suspect | null, confidence: number): Unexplained {
  const strongest = best ?? suspects.filter(({ state }) => state.kind !== 'background').toSorted((a, b) => b.busy - a.busy)[0] ?? null;
  const background = backgroundAt(run, onset);
  return {
    kind: 'unexplained',
    load: onset.load,
    interval: onset.between,
    onset: plainOnset(onset),
    ruledOut: ruledOut(suspects, strongest ?? (suspects[0] as Suspect), null),
    bestLeft: strongest === null ? null : { ...asResource(strongest, onset), confidence },
    evidence: knownFacts(run, onset, background),
    ...ofEdges(failingSteps(run, onset)),
    ...ofServers(failingSteps(run, onset)),
    ...ofBackground(background),
  };
}

function plainOnset(onset: FoundOnset): Onset {
  return { lastPass: onset.lastPass, firstFail: onset.firstFail, step: onset.step, reason: onset.reason };
}

function noneInRange(run: RunData): NoneInRange {
  const steps = loadSteps(run);
  // A last step that failed, but not clearly, is no onset; nor did the site hold its load.
  const top = (highestHeld(steps, run.profile.slo) ?? steps[0]) as StepData;
  const background = backgroundUses(run, steps);
  const demands = demandsOf(run, null).filter(
    ({ resource }) => moduleOf(resource.kind).prominence === 'first' && !isBackground(background, resource),
  );
  const first = demands.reduce<(typeof demands)[number] | null>(
    (least, one) => (least === null || one.saturation < least.saturation ? one : least),
    null,
  );
  const interval: Interval | null = first === null ? null : first.interval;
  return {
    kind: 'none-in-range',
    highest: top.offered,
    closest:
      first === null || interval === null
        ? null
        : {
            tier: first.resource.tier,
            hosts: [first.resource.host],
            resource: first.resource.kind,
            saturation: first.saturation,
            saturationInterval: interval,
            headroom: first.saturation / top.offered,
            busy: useIn(top, first.resource.id)?.busy ?? 0,
          },
    evidence: [],
    ...ofEdges(steps),
    ...ofServers(steps),
    ...ofBackground(background),
  };
}

/** Edges that did not answer are said with every verdict: what the site runs out of then is not the whole story. */
function ofEdges(steps: readonly StepData[]): { readonly withoutEdge?: readonly WithoutEdge[] } {
  const found = withoutEdge(steps);
  return found.length === 0 ? {} : { withoutEdge: found };
}

/** A server that is out of service does nothing for the site, and its peers do its work. */
function ofServers(steps: readonly StepData[]): { readonly takenOut?: readonly TakenOut[] } {
  const found = takenOut(steps);
  return found.length === 0 ? {} : { takenOut: found };
}

/** What was full and is not what limits is said with every verdict. */
function ofBackground(background: readonly BackgroundUse[]): { readonly background?: readonly BackgroundUse[] } {
  return background.length === 0 ? {} : { background };
}

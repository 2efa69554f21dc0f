import {
  AT_LIMIT,
  moduleOf,
  useIn,
  type Candidate,
  type Explanation,
  type FullScene,
  type JudgedCandidate,
  type ResourceInfo,
  type ResourceKind,
  type Scene,
} from '@loadstair/resources';
import { backgroundUses, isBackground } from './background.ts';
import { demandsOf, holdRatio, type Demand } from './demand.ts';
import { failingSteps, loadSteps, type FoundOnset } from './onset.ts';
import type { RunData, StepData } from './run-data.ts';
import type { BackgroundUse, Interval } from './verdict.ts';

/** λ* may lie this far from the onset (calibration.md: λ* errs 0–18 % low). */
const BAND = 0.25;
/** Use below which a resource is not close to its limit, wherever λ* lies. */
const CLOSE = 0.75;
/** Hosts whose use is this share of the busiest one's are as busy. */
const AS_BUSY = 0.9;

/** One kind of resource of a tier as a possible limit: its hosts are judged one by one, and told together. */
export interface Suspect {
  readonly tier: string;
  readonly kind: ResourceKind;
  /** Hosts that are at the limit; those closest to it when none is. */
  readonly hosts: readonly string[];
  /** Resource of the host that is closest to its limit, of those in the same state as the tier. */
  readonly worst: ResourceInfo;
  /** Use of the limit of that host where the site failed, and in the lowest step. */
  readonly busy: number;
  readonly baseline: number;
  readonly waiting: number;
  readonly holdRatio: number | null;
  readonly saturation: number | null;
  readonly interval: Interval | null;
  readonly resamples: readonly number[];
  readonly perArrival: number | null;
  /** Lowest load from which on it was full in every step; null when it was not full where the site failed. */
  readonly fullFrom: number | null;
  readonly state: SuspectState;
}

export type SuspectState =
  /** At its limit where the site failed, and nothing else explains that. */
  | { readonly kind: 'limits' }
  /** λ* close to the onset, but not seen at its limit. */
  | { readonly kind: 'close' }
  /** Looks full, but waits for something else. */
  | { readonly kind: 'explained'; readonly by: string; readonly reason: string }
  /** Full, and as full when far less load went through. */
  | { readonly kind: 'background' }
  | { readonly kind: 'free' };

/** A tier is in the first of these states that one of its hosts is in. */
const STATES: readonly SuspectState['kind'][] = ['limits', 'close', 'explained', 'background', 'free'];

/** One host's resource with all that is known of it. */
interface Member extends JudgedCandidate {
  readonly resource: ResourceInfo;
  readonly demand: Demand | null;
  /** Steps in which it was full, highest load first, up to where the site failed. */
  readonly full: readonly boolean[];
  readonly background: boolean;
}

/** Every resource of every tier, judged where the site failed. */
export function suspectsOf(run: RunData, onset: FoundOnset): Suspect[] {
  const demands = demandsOf(run, onset);
  const scene: Scene = { run, failing: failingSteps(run, onset) };
  const upToFailure = stepsUpTo(run, scene);
  const background = backgroundUses(run, upToFailure);
  const members = run.resources.map((resource) => memberOf(run, resource, demands, scene, upToFailure, background));
  const groups = Map.groupBy(members, ({ resource }) => `${resource.tier}/${resource.kind}`);
  return [...groups.values()].map((group) => suspectOf(run, group, { ...scene, candidates: members }, onset, upToFailure));
}

/** What was full where the site failed without being what limits. */
export function backgroundAt(run: RunData, onset: FoundOnset): BackgroundUse[] {
  return backgroundUses(run, stepsUpTo(run, { failing: failingSteps(run, onset) }));
}

/** Load steps up to where the site failed, the highest first. */
function stepsUpTo(run: RunData, { failing }: Pick<Scene, 'failing'>): StepData[] {
  const highest = Math.max(0, ...failing.map((step) => step.offered));
  return loadSteps(run)
    .filter((step) => step.offered <= highest)
    .toSorted((a, b) => b.offered - a.offered);
}

function memberOf(
  run: RunData,
  resource: ResourceInfo,
  demands: readonly Demand[],
  scene: Scene,
  upToFailure: readonly StepData[],
  backgrounds: readonly BackgroundUse[],
): Member {
  const module = moduleOf(resource.kind);
  const failing = run.steps.filter((step) => scene.failing.includes(step));
  const uses = failing.flatMap((step) => useIn(step, resource.id) ?? []);
  const ratios = failing.flatMap((step) => holdRatio(run, resource.id, step) ?? []);
  const full = upToFailure.map((step) => {
    const use = useIn(step, resource.id);
    return use !== null && module.isFull(use, resource, run, step);
  });
  const candidate: Candidate = {
    resource,
    uses,
    busy: Math.max(0, ...uses.map((use) => use.busy)),
    waiting: Math.max(0, ...uses.map((use) => ('waiting' in use ? (use.waiting ?? 0) : 0))),
    holdRatio: ratios.length === 0 ? null : Math.min(...ratios),
  };
  const background = isBackground(backgrounds, resource);
  return {
    ...candidate,
    resource,
    // What does not grow with load has no load at which it would be full.
    demand: background ? null : (demands.find((demand) => demand.resource.id === resource.id) ?? null),
    full,
    background,
    atLimit: !background && module.atLimit(candidate, scene),
    fullFrom: fullFrom([{ full }], upToFailure),
    soft: module.soft,
  };
}

/** Lowest load from which on some of them was full in every step up to where the site failed. */
function fullFrom(members: readonly Pick<Member, 'full'>[], upToFailure: readonly StepData[]): number | null {
  const until = upToFailure.findIndex((_, index) => !members.some(({ full }) => full[index] === true));
  return upToFailure[until === -1 ? upToFailure.length - 1 : until - 1]?.offered ?? null;
}

function suspectOf(run: RunData, group: readonly Member[], scene: FullScene, onset: FoundOnset, upToFailure: readonly StepData[]): Suspect {
  const earliest = earliestDemand(group);
  const near = earliest !== null && Math.abs(Math.log(earliest.saturation / onset.load)) <= BAND;
  const judged = group.map((member) => ({ member, state: stateOf(member, near, scene) }));
  const inState = STATES.map((kind) => judged.filter(({ state }) => state.kind === kind)).find((found) => found.length > 0) ?? judged;
  const { member: worst, state } = inState.reduce((most, one) => (one.member.busy > most.member.busy ? one : most));
  // What waits for something else on its own host, or was full without load, tells nothing of its peers.
  const telling = judged.filter((one) => one.state.kind !== 'explained' && !one.member.background).map(({ member }) => member);
  const members = telling.length > 0 && state.kind !== 'explained' && state.kind !== 'background' ? telling : group;
  const atLimit = members.filter(({ busy }) => busy >= AT_LIMIT);
  const first = earliestDemand(members);
  const lowest = loadSteps(run).toSorted((a, b) => a.offered - b.offered)[0];
  return {
    tier: worst.resource.tier,
    kind: worst.resource.kind,
    hosts: (atLimit.length > 0 ? atLimit : members.filter(({ busy }) => busy >= AS_BUSY * worst.busy)).map(({ resource }) => resource.host),
    worst: worst.resource,
    busy: worst.busy,
    baseline: lowest === undefined ? 0 : (useIn(lowest, worst.resource.id)?.busy ?? 0),
    waiting: worst.waiting,
    holdRatio: worst.holdRatio,
    saturation: first?.saturation ?? null,
    interval: first?.interval ?? null,
    resamples: first?.resamples ?? [],
    perArrival: first?.perArrival ?? null,
    fullFrom: fullFrom(members, upToFailure),
    state,
  };
}

function earliestDemand(members: readonly Member[]): Demand | null {
  return members.reduce<Demand | null>(
    (least, { demand }) => (demand !== null && (least === null || demand.saturation < least.saturation) ? demand : least),
    null,
  );
}

/** What a resource is by its own signs, unless something explains them away (methods.md §2.3.4). */
function stateOf(member: Member, near: boolean, scene: FullScene): SuspectState {
  if (member.background) return { kind: 'background' };
  const kind = member.atLimit ? 'limits' : near && member.busy >= CLOSE ? 'close' : 'free';
  if (kind === 'free') return { kind };
  const explanation = moduleOf(member.resource.kind).explainedBy?.(member, scene) ?? causeOf(member, scene);
  return explanation === null ? { kind } : { kind: 'explained', ...explanation };
}

/** A limit elsewhere of which this is only the victim: behind it first, then on its own host. */
function causeOf(victim: Member, scene: FullScene): Explanation | null {
  const found = scene.candidates
    .filter((one) => one !== victim && one.atLimit)
    .flatMap((one) => {
      const reason = moduleOf(one.resource.kind).explains?.(one, victim, scene) ?? null;
      return reason === null ? [] : [{ host: one.resource.host, busy: one.busy, reason }];
    })
    .toSorted((a, b) => Number(a.host === victim.resource.host) - Number(b.host === victim.resource.host) || b.busy - a.busy)[0];
  return found === undefined ? null : { by: found.host, reason: found.reason };
}

/** Whether anything was close to its limit in a step. */
export function nearLimit(run: RunData, step: StepData): boolean {
  return run.resources.some((resource) => {
    const use = useIn(step, resource.id);
    return use !== null && moduleOf(resource.kind).isNear(use);
  });
}

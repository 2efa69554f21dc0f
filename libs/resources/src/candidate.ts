import type { Resource, Use, UsedRun, UsedStep } from './resource.ts';

/** One resource of one host where the site failed, before anything is explained away. */
export interface Candidate<Used extends Use = Use> {
  readonly resource: Resource;
  /** Its use in the steps in which a limit shows: the first that failed and the one after it. */
  readonly uses: readonly Used[];
  /** The highest of those uses, and of the numbers that waited. */
  readonly busy: number;
  readonly waiting: number;
  /** Mean hold ÷ the shortest hold of any step; null where holds are not measured. */
  readonly holdRatio: number | null;
}

/** A candidate with what its own signs say. */
export interface JudgedCandidate<Used extends Use = Use> extends Candidate<Used> {
  /** Whether it shows the signs of its kind's limit (methods.md §1.4). */
  readonly atLimit: boolean;
  /** Lowest load from which on it was full in every step; null when it was not full where the site failed. */
  readonly fullFrom: number | null;
  /** Of a kind that software sets: what it waits for may be idle. */
  readonly soft: boolean;
}

/** All of a run that the rules of a kind may look at. */
export interface Scene {
  readonly run: UsedRun;
  readonly failing: readonly UsedStep[];
}

/** The scene with every candidate in it, for what explains one another. */
export interface FullScene extends Scene {
  readonly candidates: readonly JudgedCandidate[];
}

/** Why something that looks full is not the limit: it waits for something on this host. */
export interface Explanation {
  readonly by: string;
  readonly reason: string;
}

/** What the same host has of a kind. */
export function besides(
  { candidates }: FullScene,
  { resource: { host } }: Candidate,
  { kind }: { readonly kind: string },
): JudgedCandidate | undefined {
  return candidates.find(({ resource }) => resource.host === host && resource.kind === kind);
}

/** Whether one was full at a lower load than the other. */
export function fullBefore(one: JudgedCandidate, other: JudgedCandidate): boolean {
  return one.fullFrom !== null && (other.fullFrom === null || one.fullFrom < other.fullFrom);
}

import type { Candidate, Explanation, FullScene, JudgedCandidate, Scene } from './candidate.ts';
import type { Window } from './counter.ts';
import { usualFacts, type Fact, type FactSteps, type Finding } from './facts.ts';
import type { Resource, Use, UsedRun, UsedStep } from './resource.ts';
import type { Samples } from './samples.ts';

/** All the lab knows of one kind of resource. Adding a kind is adding one such module and its line in `registry.ts`. */
export interface ResourceModule<Used extends Use = Use> {
  readonly kind: Used['kind'];
  /** What people call it: `CPU`. */
  readonly word: string;
  /** The same beside the name of a host or tier: `pool`. */
  readonly shortWord: string;
  /** Several of them in a list of what was ruled out: `CPU of 4 hosts`; only the word where their number says nothing. */
  counted?(resources: readonly Resource[]): string;
  /**
   * Use at which it is full, where use rises in proportion to load (U = U0 + D·X); null where it does not, so that no λ* can be
   * projected.
   */
  readonly fullAt: number | null;
  /**
   * `first`: its use against its limit is what one looks at first; it is shown live, drawn, projected, and a run in which it was not
   * seen is blind. `live`: it is shown while a run goes on. `verdict`: it is told of where it matters.
   */
  readonly prominence: 'first' | 'live' | 'verdict';
  /** It is held for a time, and longer when what the holder asks is slow. */
  readonly held: boolean;
  /** What of a host gives more of it; null: a setting that a component declares to relieve it, or nothing. */
  readonly more: 'cpu' | 'memory' | 'count' | null;
  /** It is a limit that software sets: hardware may idle while requests wait for it. */
  readonly soft: boolean;

  /** Use over a window, or null when it was not measured there (a blind spot, which the gate sees). */
  use(resource: Resource, samples: Samples, window: Window): Used | null;
  /** Whether it is close to its limit in a step, so that queues may wander. */
  isNear(use: Used): boolean;
  /** Whether it was really full in one step, not only busy: more load finds no room. */
  isFull(use: Used, resource: Resource, run: UsedRun, step: UsedStep): boolean;
  /** Whether it shows the signs of its limit where the site failed. */
  atLimit(candidate: Candidate<Used>, scene: Scene): boolean;
  /** What it only waits for, among what its own host has and what stands behind it. */
  explainedBy?(candidate: JudgedCandidate<Used>, scene: FullScene): Explanation | null;
  /** Why another that looks full is only this one's victim, on the same host or behind it; asked when this one is at its limit. */
  explains?(candidate: JudgedCandidate<Used>, victim: JudgedCandidate, scene: FullScene): string | null;

  /** What a use of it shows beside how busy it was and who waited, for a site that fails and nothing explains it. */
  signs?(use: Used): string[];

  /** Measured facts that it is the limit. */
  facts(finding: Finding, steps: FactSteps): Fact[];
  /** What is measured of it beside `busy`, for charts over load. */
  readonly measures: readonly Measure<Used>[];
  /** Why it was ruled out although nothing explains it: there was room. */
  spare(busy: number): string;
  /** The Prometheus query that shows its use. */
  query(at: { readonly host: string; readonly tier: string }): string;
}

/** One number of a use, in the unit that its words name; undefined where it was not measured. */
export interface Measure<Used extends Use> {
  readonly words: string;
  of(use: Used): number | undefined;
}

/** Requests that waited, of kinds that something waits for. */
export const WAITED: Measure<Use> = { words: 'waiting requests', of: ({ waiting }) => waiting };

/** A share as a percentage for a chart. */
export function hundredfold(share: number | undefined): number | undefined {
  return share === undefined ? undefined : 100 * share;
}

/** What most kinds are: no λ* can be projected of them. */
const USUAL = {
  fullAt: null,
  prominence: 'verdict',
  held: false,
  more: null,
  soft: false,
  measures: [],
  facts: (finding, steps) => usualFacts(finding, steps).all,
  spare: (busy) => `at most ${Math.round(busy * 100)} % of its limit used`,
} satisfies Partial<ResourceModule>;

type Defaulted = keyof typeof USUAL | 'shortWord';

/** A module of which only what is not usual has to be told. */
export function defineResource<Used extends Use>(
  module: Omit<ResourceModule<Used>, Defaulted> & Partial<Pick<ResourceModule<Used>, Defaulted>>,
): ResourceModule<Used> {
  return { ...USUAL, shortWord: module.word, ...module };
}

import type { ComponentWords } from './words.ts';

/** One limit of a host or of a component on it. */
export interface Resource {
  /** `<host>/<kind>`, or `<host>/<component>/<kind>` when it is a component's. */
  readonly id: string;
  readonly tier: string;
  readonly host: string;
  readonly kind: string;
  /** The component that owns it, or null when the whole host does (CPU, memory, disk). */
  readonly component: string | null;
  /** Capacity: cores for cpu, MiB for memory, connections for pool, requests for slots, 1 for event-loop, null when unknown (lock, disk). */
  readonly limit: number | null;
  /** For a pool or slots: the tier whose answer ends the hold; for a backlog: the tier that does the work. */
  readonly waitsOn: string | null;
}

/** What every kind of resource says of its use in one step. Kinds add to it. */
export interface Use {
  readonly kind: string;
  /** Id of the resource. */
  readonly resource: string;
  /** Mean use of the limit over the window, 0–1 (may pass 1 a little with burst); kinds without a limit say what it is a share of. */
  readonly busy: number;
  /** The same per block of `StepLoad.blockS` seconds. */
  readonly blocks: readonly number[];
  /** Its limit in this step, where it is another than the run's: a balancer's slots grow with its servers. */
  readonly limit?: number;
  /** Mean number that waited, of kinds that something waits for. */
  readonly waiting?: number;
}

export interface LinkInfo {
  readonly from: string;
  readonly to: string;
}

/** What rules read of one step; `StepData` of RunData is one. */
export interface UsedStep {
  readonly index: number;
  readonly kind: string;
  /** Offered load, arrivals/s. */
  readonly offered: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly load: { readonly completed: number };
  readonly use: readonly Use[];
  /** Share of the window in which a host was there, by host; 1 for a host that it does not name. */
  readonly presence?: Readonly<Record<string, number>>;
}

/** What rules read of a run; RunData is one. */
export interface UsedRun {
  /** What people call the components on its hosts; absent of runs made before components declared it. */
  readonly words?: ComponentWords;
  readonly resources: readonly Resource[];
  readonly links: readonly LinkInfo[];
  readonly steps: readonly UsedStep[];
}

export function useIn<Used extends Use>(step: { readonly use: readonly Used[] }, resource: string): Used | null {
  return step.use.find((use) => use.resource === resource) ?? null;
}

/** A module, as far as it tells which kind it is, and of which type its uses are. */
export interface OfKind<Used extends Use> {
  readonly kind: Used['kind'];
  use(...measured: never): Used | null;
}

/** What a host has of a kind of which it has one. */
export function resourceOnHost(run: Pick<UsedRun, 'resources'>, host: string, { kind }: { readonly kind: string }): Resource | undefined {
  return run.resources.find((resource) => resource.host === host && resource.kind === kind);
}

/** Use of what a host has of a kind in a step; null where it has none or it was not measured. */
export function useOnHost<Used extends Use>(
  run: Pick<UsedRun, 'resources'>,
  step: Pick<UsedStep, 'use'>,
  host: string,
  of: OfKind<Used>,
): Used | null {
  const found = resourceOnHost(run, host, of);
  const use = found === undefined ? null : useIn(step, found.id);
  return use !== null && isOf(use, of) ? use : null;
}

export function isOf<Used extends Use>(use: Use, { kind }: OfKind<Used>): use is Used {
  return use.kind === kind;
}

/** Share of a step's window in which a host was there, 0–1. */
export function presenceIn({ presence }: Pick<UsedStep, 'presence'>, host: string): number {
  return presence?.[host] ?? 1;
}

/**
 * What the hosts of a tier together had of a kind in a step: hosts come and go, so it is a value per step, their mean over the window.
 * Each host counts as 1 where the limit is not known.
 */
export function capacityIn(run: Pick<UsedRun, 'resources'>, step: UsedStep, { tier, kind }: Pick<Resource, 'tier' | 'kind'>): number {
  return run.resources
    .filter((resource) => resource.tier === tier && resource.kind === kind)
    .reduce((sum, { id, host, limit }) => sum + presenceIn(step, host) * (useIn(step, id)?.limit ?? limit ?? 1), 0);
}

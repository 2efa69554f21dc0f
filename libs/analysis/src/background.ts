import { capacityIn, componentWord, moduleOf, percent, rate, useIn, type ResourceInfo } from '@loadstair/resources';
import { throughput } from './demand.ts';
import { resourceName } from './format.ts';
import { loadSteps, stepHolds } from './onset.ts';
import type { RunData, StepData } from './run-data.ts';
import type { BackgroundUse } from './verdict.ts';

/** The SLO held while it was full, and this many times the work of that step went through later: its use is not the load's. */
const WENT_THROUGH = 1.5;
/** Use that the load of a step would have given, by what it gave in the step before: it filled up by itself then. */
const MAY_HAVE_GROWN = 0.75;
/** Shares of a host's CPU below which a difference between its components and the whole is noise of reading. */
const NOISE_OF_READING = 0.05;

/**
 * What was full in every step from some step on, up to the highest of these loads, and took no part in how much went through.
 * Use of what the load needs is U = U0 + D·X (utilisation law): what is full at X cannot give half as much again. It was full
 * before there was load, or became so at once, and not as load grew.
 *
 * @param upToFailure load steps up to where the site failed, or all of them where it did not
 */
export function backgroundUses(run: RunData, upToFailure: readonly StepData[]): BackgroundUse[] {
  const inTime = [...run.steps.filter(({ kind }) => kind === 'idle'), ...upToFailure].toSorted((a, b) => a.startMs - b.startMs);
  return run.resources.flatMap((resource) => backgroundUse(run, resource, inTime) ?? []);
}

function backgroundUse(run: RunData, resource: ResourceInfo, inTime: readonly StepData[]): BackgroundUse | null {
  const module = moduleOf(resource.kind);
  if (module.fullAt === null) return null;
  const isFull = (step: StepData): boolean => {
    const use = useIn(step, resource.id);
    return use !== null && module.isFull(use, resource, run, step);
  };
  const lastNotFull = inTime.findLastIndex((step) => !isFull(step));
  const steps = inTime.slice(lastNotFull + 1);
  const first = steps[0];
  const loaded = loadSteps({ steps });
  const held = loaded.filter((step) => stepHolds(step, run.profile.slo).holds);
  if (first === undefined || held.length === 0) return null;
  // A tier with more hosts gets more through while each of them is as full.
  const work = (step: StepData): number => throughput(step) / Math.max(capacityIn(run, step, resource), Number.MIN_VALUE);
  if (Math.max(...loaded.map(work)) < WENT_THROUGH * Math.min(...held.map(work))) return null;
  const users = usersOf(resource, first);
  const before = inTime[lastNotFull];
  if (before !== undefined) {
    // Full from some load on: a balancer may spare a full host, and more goes through. Then it came with load, and is no background.
    const usedBefore = useIn(before, resource.id)?.busy ?? 0;
    const came = before.kind === 'idle' ? users[0]?.component !== null : (usedBefore * work(first)) / work(before) >= MAY_HAVE_GROWN;
    if (came) return null;
  }
  return {
    tier: resource.tier,
    host: resource.host,
    resource: resource.kind,
    busy: useIn(first, resource.id)?.busy ?? 0,
    since: { step: first.index, offered: first.offered },
    users,
    ...strangersOf(resource, steps),
  };
}

/** Who used a CPU in a step; what its components did not use was used by somebody else on that host. */
function usersOf(resource: ResourceInfo, step: StepData): BackgroundUse['users'] {
  const use = useIn(step, resource.id);
  if (use?.kind !== 'cpu' || use.byComponent === undefined || resource.limit === null) return [];
  const total = use.busy * (use.limit ?? resource.limit);
  const known = Object.entries(use.byComponent).map(([component, cores]) => ({ component, share: cores / total }));
  const rest = 1 - known.reduce((sum, { share }) => sum + share, 0);
  return [...known, ...(rest > NOISE_OF_READING ? [{ component: null, share: rest }] : [])].toSorted((a, b) => b.share - a.share);
}

function strangersOf({ id }: ResourceInfo, steps: readonly StepData[]): Pick<BackgroundUse, 'strangers'> {
  const names = steps.flatMap((step) => {
    const use = useIn(step, id);
    return use?.kind === 'cpu' ? (use.strangers ?? []) : [];
  });
  return names.length === 0 ? {} : { strangers: [...new Set(names)] };
}

/** Whether a resource is among those. */
export function isBackground(uses: readonly BackgroundUse[], { host, kind }: Pick<ResourceInfo, 'host' | 'kind'>): boolean {
  return uses.some((use) => use.host === host && use.resource === kind);
}

/** `web-1 CPU: 100 % used since before the load, 97 % of that by yes, not of the lab; it did not grow with load` */
export function backgroundText({ tier, host, resource, busy, since, users, strangers = [] }: BackgroundUse): string {
  const name = resourceName({ tier, hosts: [host], resource });
  const when = since.step === 0 ? 'before load began' : `step ${since.step}, at ${rate(since.offered)}/s`;
  const [most] = users;
  const stranger = strangers.length === 0 ? 'a process outside the lab' : `${strangers.join(', ')}, outside the lab`;
  const by = most?.component === null ? stranger : `its ${componentWord(most?.component ?? '')}`;
  const who = most === undefined ? '' : `, ${percent(Math.min(1, most.share))} of that by ${by}`;
  return `${name}: ${percent(Math.min(1, busy))} used since ${when}${who}; its use did not grow with load, so it is not the limit`;
}

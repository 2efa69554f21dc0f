import { useIn } from './demand.ts';
import { componentWord, percent, rate, resourceName } from './format.ts';
import { AT_LIMIT } from './limits.ts';
import { behindCache, fared } from './misses.ts';
import { loadSteps, type FoundOnset } from './onset.ts';
import type { RunData, StepData } from './run-data.ts';
import { collecting, cpuBusy, failingSteps, GC_HELPER_SHARE, GC_SHARE, type Suspect } from './suspects.ts';
import type { Evidence } from './verdict.ts';

/** Facts for the named resource, then against the decoys; each with what Prometheus shows of it. */
export function evidenceFor(
  run: RunData,
  onset: FoundOnset,
  best: Suspect,
  partner: Suspect | null,
  suspects: readonly Suspect[],
): Evidence[] {
  const own = [best, ...(partner === null ? [] : [partner])].flatMap((one) => factsFor(run, onset, one));
  const decoys = suspects
    .filter((one) => one.state.kind === 'explained')
    .map((one): Evidence => ({
      for: false,
      text: `${resourceName({ tier: one.tier, hosts: one.hosts, resource: one.kind })}: ${one.state.kind === 'explained' ? one.state.reason : ''}`,
      resource: one.worst.id,
      step: onset.step,
      value: one.busy,
      limit: null,
      baseline: one.baseline,
      unit: 'share of limit',
      query: queryOf(one),
    }));
  return [...own, ...decoys];
}

function factsFor(run: RunData, onset: FoundOnset, suspect: Suspect): Evidence[] {
  const step = failingSteps(run, onset).toSorted(
    (a, b) => (useIn(b, suspect.worst.id)?.busy ?? 0) - (useIn(a, suspect.worst.id)?.busy ?? 0),
  )[0];
  const lowest = loadSteps(run).toSorted((a, b) => a.offered - b.offered)[0];
  if (step === undefined || lowest === undefined) return [];
  const name = resourceName({ tier: suspect.tier, hosts: suspect.hosts, resource: suspect.kind });
  const use = useIn(step, suspect.worst.id);
  const fact = (text: string, value: number | null, limit: number | null, baseline: number | null, unit: string): Evidence => ({
    for: true,
    text,
    resource: suspect.worst.id,
    step: step.index,
    value,
    limit,
    baseline,
    unit,
    query: queryOf(suspect),
  });
  if (suspect.kind === 'hit-ratio') return missFacts(run, suspect, step, lowest, fact);
  if (suspect.kind === 'memory' && collecting(run, suspect.worst)) return [collectedFact(run, suspect, step, lowest, fact)];
  const facts = [
    fact(
      `${percent(Math.min(1, suspect.busy))} busy in step ${step.index} (limit ${percent(AT_LIMIT)}), ${percent(suspect.baseline)} in step ${lowest.index}`,
      suspect.busy,
      AT_LIMIT,
      suspect.baseline,
      'share of limit',
    ),
  ];
  if (suspect.perArrival !== null)
    facts.push(
      fact(
        `each arrival/s takes ${(suspect.perArrival * 100).toFixed(suspect.perArrival < 0.01 ? 2 : 1)} % of its ${suspect.kind === 'cpu' ? 'budget' : 'limit'}`,
        suspect.perArrival,
        null,
        null,
        'share of limit per arrival/s',
      ),
    );
  const split = Object.entries(use?.byComponent ?? {});
  const total = split.reduce((sum, [, cores]) => sum + cores, 0);
  if (suspect.kind === 'cpu' && split.length > 1 && total > 0) {
    facts.push(
      fact(
        `${name} splits ${split.map(([component, cores]) => `${componentWord(component)} ${percent(cores / total)}`).join(', ')}`,
        null,
        null,
        null,
        'share of use',
      ),
    );
  }
  if (suspect.kind === 'cpu' && (use?.throttledShare ?? 0) > 0)
    facts.push(
      fact(
        `stopped by its limit in ${percent(use?.throttledShare ?? 0)} of the periods`,
        use?.throttledShare ?? 0,
        null,
        null,
        'share of periods',
      ),
    );
  if (suspect.waiting >= 1)
    facts.push(fact(`${suspect.waiting.toFixed(0)} requests waited for it`, suspect.waiting, null, null, 'requests'));
  if (suspect.holdRatio !== null)
    facts.push(
      fact(
        `held ${suspect.holdRatio.toFixed(1)}× as long as in step ${lowest.index}: nothing behind it slowed down`,
        suspect.holdRatio,
        1.3,
        1,
        '×',
      ),
    );
  return facts;
}

type Fact = (text: string, value: number | null, limit: number | null, baseline: number | null, unit: string) => Evidence;

/** What collecting garbage took of the CPU: the heap is at its limit then, and not what the host has for everything. */
function collectedFact(run: RunData, suspect: Suspect, step: StepData, lowest: StepData, fact: Fact): Evidence {
  // What the main thread collected is wall time, too much where the host was stopped meanwhile: then what others did is said alone.
  const certain = [step, lowest].every((one) => (useIn(one, suspect.worst.id)?.gcHelperShare ?? 0) >= GC_HELPER_SHARE);
  const shareIn = (one: StepData): number => {
    const { gcShare = 0, gcHelperShare = 0 } = useIn(one, suspect.worst.id) ?? {};
    return certain ? gcHelperShare : gcShare;
  };
  const [now, before] = [shareIn(step), shareIn(lowest)];
  const busy = Math.min(1, cpuBusy(run, suspect.worst.host, [step]));
  return fact(
    `collecting garbage took ${certain ? 'at least ' : ''}${percent(now)} of its CPU time in step ${step.index}, ${percent(before)} in step ${lowest.index}; its CPU was ${percent(busy)} busy`,
    now,
    certain ? GC_HELPER_SHARE : GC_SHARE,
    before,
    'share of CPU time',
  );
}

/** What a cache lost, what that cost the databases, and why it lost it. */
function missFacts(run: RunData, suspect: Suspect, step: StepData, lowest: StepData, fact: Fact): Evidence[] {
  const now = fared(run, suspect.tier, step);
  const before = fared(run, suspect.tier, lowest);
  if (now === null) return [];
  const was = before === null ? '' : `, ${percent(before.hitRatio)} in step ${lowest.index}`;
  const fullest = run.resources
    .filter((resource) => resource.kind === 'cpu' && behindCache(run, suspect.tier).includes(resource.tier))
    .map((resource) => ({ host: resource.host, busy: useIn(step, resource.id)?.busy ?? 0 }))
    .toSorted((a, b) => b.busy - a.busy)[0];
  const full = fullest === undefined ? '' : `; ${fullest.host} was ${percent(Math.min(1, fullest.busy))} busy`;
  const [evicted, expired] = [`${rate(now.evictedPerS)}/s`, `${rate(now.expiredPerS)}/s`];
  return [
    fact(`${percent(now.hitRatio)} hits in step ${step.index}${was}`, now.hitRatio, null, before?.hitRatio ?? null, 'share of lookups'),
    fact(
      `${percent(now.againShare)} of lookups missed what it had had before`,
      now.againShare,
      null,
      before?.againShare ?? null,
      'share of lookups',
    ),
    fact(
      `${percent(now.loadShare)} of database time went into that${full}`,
      now.loadShare,
      null,
      before?.loadShare ?? null,
      'share of time',
    ),
    fact(
      `entries went: ${evicted} for want of memory, ${expired} at their end`,
      now.evictedPerS,
      null,
      before?.evictedPerS ?? null,
      'entries/s',
    ),
  ];
}

/** The series that show the same on a dashboard. */
function queryOf(suspect: Suspect): string | null {
  const host = `host="${suspect.worst.host}"`;
  switch (suspect.kind) {
    case 'cpu':
      return `rate(container_cpu_usage_seconds_total{${host}}[15s]) / (container_spec_cpu_quota{${host}} / container_spec_cpu_period{${host}})`;
    case 'memory':
      return `container_memory_working_set_bytes{${host}} / container_spec_memory_limit_bytes{${host}}`;
    case 'disk':
      return `rate(container_pressure_io_stalled_seconds_total{${host}}[15s])`;
    case 'event-loop':
      return `rate(nodejs_eventloop_active_seconds_total{${host}}[30s])`;
    case 'hit-ratio':
      return `sum(rate(lab_cache_lookups_total{tier="${suspect.tier}",outcome="hit"}[15s])) / sum(rate(lab_cache_lookups_total{tier="${suspect.tier}"}[15s]))`;
    case 'replay':
      return `deriv(lab_replication_behind_bytes{${host}}[15s])`;
    default:
      return `lab_resource_in_use{${host},resource="${suspect.kind}"} / lab_resource_limit{${host},resource="${suspect.kind}"}`;
  }
}

import { HOST_KINDS, moduleOf, percent, presenceIn, useIn, type ResourceInfo, type ResourceUse } from '@loadstair/resources';
import { isBackground } from './background.ts';
import { resourceName } from './format.ts';
import { failingSteps, type FoundOnset } from './onset.ts';
import type { RunData, StepData } from './run-data.ts';
import type { BackgroundUse, Evidence } from './verdict.ts';

/**
 * What was seen where a site failed that nothing explains: what was near its limit, throttled or waited for, whose commits wait for
 * a replica, and which hosts were gone. Facts, not causes; those that say most first.
 */
export function knownFacts(run: RunData, onset: FoundOnset, background: readonly BackgroundUse[]): Evidence[] {
  const failing = failingSteps(run, onset);
  const resources = run.resources.filter((resource) => !isBackground(background, resource));
  return [
    ...goneHosts(run, failing),
    ...resources.flatMap((resource) => factOf(resource, failing)).toSorted((a, b) => weight(b) - weight(a)),
  ];
}

function weight({ value }: Evidence): number {
  return value ?? 0;
}

/** Of a resource that was not idle where the site failed; nothing of one that had room and nobody waited for. */
function factOf(resource: ResourceInfo, failing: readonly StepData[]): Evidence[] {
  const seen = failing.flatMap((step) => {
    const use = useIn(step, resource.id);
    return use === null ? [] : [{ step, use }];
  });
  const most = seen.reduce<(typeof seen)[number] | null>(
    (found, one) => (found === null || one.use.busy > found.use.busy ? one : found),
    null,
  );
  if (most === null) return [];
  const signs = signsOf(most.use);
  if (signs.length === 0) return [];
  const name = resourceName({ tier: resource.tier, hosts: [resource.host], resource: resource.kind });
  return [
    {
      for: true,
      text: `${name}: ${signs.join(', ')} in step ${most.step.index}`,
      resource: resource.id,
      step: most.step.index,
      value: most.use.busy,
      limit: null,
      baseline: null,
      unit: 'share of limit',
      query: moduleOf(resource.kind).query(resource),
    },
  ];
}

function signsOf(use: ResourceUse): string[] {
  const { waiting = 0 } = use;
  const module = moduleOf(use.kind);
  return [
    ...(module.isNear(use) ? [`${percent(Math.min(1, use.busy))} used`] : []),
    ...(waiting >= 1 ? [`${waiting.toFixed(0)} requests were waiting`] : []),
    ...(module.signs?.(use) ?? []),
  ];
}

/** Hosts that were not there, or of which nothing was read, in a step that failed. */
function goneHosts(run: RunData, failing: readonly StepData[]): Evidence[] {
  const hosts = [...new Set(run.tiers.flatMap((tier) => tier.hosts))];
  return hosts.flatMap((host): Evidence[] => {
    const unread = (step: StepData): boolean =>
      run.resources
        .filter((resource) => resource.host === host && HOST_KINDS.some((kind) => kind === resource.kind))
        .every(({ id }) => useIn(step, id) === null);
    const step = failing.find((one) => presenceIn(one, host) < 1 || unread(one));
    if (step === undefined) return [];
    const incident = run.incidents.findLast(({ subject, atMs }) => subject === host && atMs <= step.endMs);
    const why = incident === undefined ? 'it was not measured' : incident.kind.replaceAll('-', ' ');
    return [
      {
        for: true,
        text: `${host} was down for ${percent(1 - presenceIn(step, host))} of step ${step.index}: ${why}`,
        resource: null,
        step: step.index,
        value: presenceIn(step, host),
        limit: null,
        baseline: 1,
        unit: 'share of the step',
        query: null,
      },
    ];
  });
}

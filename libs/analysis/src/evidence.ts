import { moduleOf, useIn, type Finding } from '@loadstair/resources';
import { resourceName } from './format.ts';
import { failingSteps, loadSteps, type FoundOnset } from './onset.ts';
import type { RunData } from './run-data.ts';
import type { Suspect } from './suspects.ts';
import type { Evidence } from './verdict.ts';

/** Facts for the named resource, then against the decoys; each with what Prometheus shows of it. */
export function evidenceFor(
  run: RunData,
  onset: FoundOnset,
  best: Suspect,
  partner: Suspect | null,
  suspects: readonly Suspect[],
): Evidence[] {
  const facts = [best, ...(partner === null ? [] : [partner])].flatMap((suspect) => factsFor(run, onset, suspect));
  const decoys = suspects.flatMap((suspect): Evidence[] => {
    const { state } = suspect;
    if (state.kind !== 'explained') return [];
    return [
      {
        for: false,
        text: `${nameOf(suspect)}: ${state.reason}`,
        resource: suspect.worst.id,
        step: onset.step,
        value: suspect.busy,
        limit: null,
        baseline: suspect.baseline,
        unit: 'share of limit',
        query: queryOf(suspect),
      },
    ];
  });
  return [...facts, ...decoys];
}

function factsFor(run: RunData, onset: FoundOnset, suspect: Suspect): Evidence[] {
  const busyIn = (step: RunData['steps'][number]): number => useIn(step, suspect.worst.id)?.busy ?? 0;
  const step = failingSteps(run, onset).toSorted((a, b) => busyIn(b) - busyIn(a))[0];
  const lowest = loadSteps(run).toSorted((a, b) => a.offered - b.offered)[0];
  if (step === undefined || lowest === undefined) return [];
  const finding: Finding = {
    resource: suspect.worst,
    name: nameOf(suspect),
    busy: suspect.busy,
    baseline: suspect.baseline,
    waiting: suspect.waiting,
    holdRatio: suspect.holdRatio,
    perArrival: suspect.perArrival,
  };
  const steps = { run, step, lowest };
  const facts = moduleOf(suspect.kind).facts(finding, steps);
  return facts.map((fact) => ({ for: true, ...fact, resource: suspect.worst.id, step: step.index, query: queryOf(suspect) }));
}

function nameOf({ tier, hosts, kind }: Suspect): string {
  return resourceName({ tier, hosts, resource: kind });
}

/** The series that show the same on a dashboard. */
function queryOf({ kind, worst }: Suspect): string {
  return moduleOf(kind).query(worst);
}

import { trialProblems, type RunData } from '@loadstair/analysis';
import { holdOf, TRIALS } from '@loadstair/load';
import { buildRunData, nextTrial, type MeasuredStep } from '@loadstair/measure';
import { CORES_PER_LAB_CPU } from '@loadstair/topology';
import type { DriveContext } from './drive-context.ts';
import { offer } from './offer-steps.ts';
import { settle } from './settle.ts';

/**
 * Trials near the capacity, each from rest: where the next one is told by all before it.
 *
 * @param planned loads that are enough when they bracket the capacity
 */
export async function offerTrials(context: DriveContext, climbed: readonly MeasuredStep[], planned: number): Promise<MeasuredStep[]> {
  const trials: MeasuredStep[] = [];
  const soFar = (): Promise<RunData> => runDataOf(context, [...climbed, ...trials]);
  for (let rate = nextTrial(await soFar(), context.seed, planned); rate !== null;) {
    await settle(context.session, context.signal);
    const index = climbed.length + trials.length;
    const step = { index, kind: 'trial', rate, holdS: holdOf(TRIALS, rate), settleS: TRIALS.settleS } as const;
    trials.push(...(await offer(context, [step], climbed.length + planned, () => false)));
    const run = await soFar();
    const next = nextTrial(run, context.seed, planned);
    tellUntrusted(context, run, index, next === rate);
    rate = next;
  }
  return trials;
}

function tellUntrusted(context: DriveContext, run: RunData, index: number, again: boolean): void {
  const measured = run.steps.find((step) => step.index === index);
  const [problem] = measured === undefined ? [] : trialProblems(run, measured);
  if (measured === undefined || problem === undefined) return;
  context.emit({
    type: 'phase',
    atMs: Date.now(),
    phase: 'load',
    state: 'done',
    text: `trial at ${measured.offered}/s is invalid, ${problem.code}: ${problem.measured}${again ? '; repeating it' : ''}`,
  });
}

function runDataOf(context: DriveContext, steps: readonly MeasuredStep[]): Promise<RunData> {
  const { session, profile } = context;
  const { topology } = session.site.placement;
  return buildRunData(
    {
      run: context.run,
      stage: { number: topology.stage, slug: topology.slug },
      profile: { name: profile.name, slo: profile.slo },
      budgeted: session.site.budgeted,
      ended: 'finished',
      coresPerLabCpu: CORES_PER_LAB_CPU,
      placements: session.hostsSince(steps[0]?.startMs ?? 0),
      incidents: session.incidents.filter((incident) => incident.atMs >= (steps[0]?.startMs ?? 0)),
    },
    steps,
    session.sampler.samples,
    session.prometheus,
  );
}

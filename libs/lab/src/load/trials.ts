import { capacityOf, findOnset, openSide, trialProblems, type RunData } from '@loadstair/analysis';
import { random, shuffled } from '@loadstair/kit';
import { holdOf, tenth, TRIALS } from '@loadstair/load';
import { buildRunData, type MeasuredStep } from '@loadstair/measure';
import { CORES_PER_LAB_CPU } from '@loadstair/topology';
import type { DriveContext } from './drive-context.ts';
import { offer } from './offer-steps.ts';
import { settle } from './settle.ts';

/** How often one load is offered again after a trial that could not be trusted. */
const REPEATS = 2;
/** Trials more, while all so far lie on one side of the capacity. */
const FURTHER = 4;
/** The next load when everything has failed, or held: as a share of the lowest that failed, or the highest that held. */
const STEP = { lower: 0.87, higher: 1.13 } as const;

/**
 * Trials near the capacity: each around where all before it put it, so that a rough onset that is off costs a trial or two.
 * More follow until some held, some failed, and all of them can be trusted.
 */
export async function offerTrials(context: DriveContext, climbed: readonly MeasuredStep[]): Promise<MeasuredStep[]> {
  const trials: MeasuredStep[] = [];
  const soFar = (): Promise<RunData> => runDataOf(context, [...climbed, ...trials]);
  let run = await soFar();
  const rough = findOnset(run);
  if (rough === null) return [];
  // The order is no order of load, and the same again with the same seed.
  for (const share of shuffled(TRIALS.shares, random(context.seed * 6151 + 3))) {
    run = await offerTrusted(context, trials, tenth(next(run, rough.load, share)), climbed.length, soFar);
  }
  for (let more = 0; more < FURTHER && openSide(run) !== null; more += 1) {
    run = await offerTrusted(context, trials, tenth(next(run, rough.load, 1)), climbed.length, soFar);
  }
  return trials;
}

function next(run: RunData, rough: number, share: number): number {
  const open = openSide(run);
  return open === null ? share * (capacityOf(run)?.load ?? rough) : STEP[open.side] * open.from;
}

/** One load, again while it cannot be trusted; gives all that was measured by then. */
async function offerTrusted(
  context: DriveContext,
  trials: MeasuredStep[],
  rate: number,
  climbedSteps: number,
  soFar: () => Promise<RunData>,
): Promise<RunData> {
  for (let time = 0; ; time += 1) {
    await settle(context.session, context.signal);
    const index = climbedSteps + trials.length;
    const step = { index, kind: 'trial', rate, holdS: holdOf(TRIALS, rate), settleS: TRIALS.settleS } as const;
    trials.push(...(await offer(context, [step], climbedSteps + TRIALS.shares.length, () => false)));
    const run = await soFar();
    const measured = run.steps.find((one) => one.index === index);
    const problems = measured === undefined ? [] : trialProblems(run, measured);
    const first = problems[0];
    if (first === undefined) return run;
    context.emit({
      type: 'phase',
      atMs: Date.now(),
      phase: 'load',
      state: 'done',
      text: `trial at ${rate}/s does not count, ${first.code}: ${first.measured}${time < REPEATS ? '; once more' : ''}`,
    });
    if (time === REPEATS) return run;
  }
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

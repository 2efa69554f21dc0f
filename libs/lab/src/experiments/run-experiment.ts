import type { ExperimentRequest } from '@loadstair/lab-api';
import { judge, type Experiment, type ExperimentOutcome } from '@loadstair/experiments';
import { dashboardsOf } from '@loadstair/dashboards';
import { profileFrom } from '@loadstair/load';
import { renderExperiment } from '@loadstair/runs';
import { experimentByName, topologyOf } from '@loadstair/stages';
import type { LabConfig } from '../config.ts';
import { keepHostLogs } from '../keep-host-logs.ts';
import { writeSeriesOf } from '../keep-series.ts';
import { driveContext } from '../load/drive-context.ts';
import { DEFAULT_SEED, type Recording, type RunAbout } from '../recording.ts';
import { profileWords } from '../run.ts';
import type { Lease } from '../site-holder.ts';
import type { SiteSession } from '../site-session.ts';
import { checkActions } from './act.ts';
import { driveExperiment } from './drive-experiment.ts';
import { observe } from './observe.ts';
import { putBack, shapeOf } from './put-back.ts';

/** An experiment that was asked for, with everything it names looked up. */
export interface ExperimentPlan {
  readonly experiment: Experiment;
  readonly about: RunAbout;
}

/** Throws, exit status 2, when there is no such experiment or profile. */
export function planExperiment({ name, profile, quick, seed }: ExperimentRequest): ExperimentPlan {
  const experiment = experimentByName(name);
  return {
    experiment,
    about: {
      topology: topologyOf(experiment),
      set: [],
      profile: profileFrom(profile ?? experiment.profile),
      ...(typeof profile === 'object' && profile !== null ? { ownProfile: profile } : {}),
      experiment: experiment.name,
      seed: seed ?? DEFAULT_SEED,
      scale: 1,
      quick,
      burners: true,
      command: [
        './lab experiment',
        experiment.name,
        ...profileWords(profile),
        ...(quick ? ['--quick'] : []),
        ...(seed === null ? [] : ['--seed', String(seed)]),
      ].join(' '),
      plannedSeconds: quick ? experiment.takesS.quick : experiment.takesS.full,
      lostWhenInterrupted: 'the experiment was stopped before its end',
    },
  };
}

/** One experiment: a run with actions, kept like one. A site that was up before is put back as it was. */
export async function runExperiment(config: LabConfig, plan: ExperimentPlan, recording: Recording, lease: Lease): Promise<void> {
  try {
    const session = await recording.site(lease);
    const before = shapeOf(session.site);
    try {
      await measure(config, plan.experiment, recording, session, lease.signal);
    } finally {
      if (lease.borrowed) await putBack(session, before, AbortSignal.timeout(60_000));
    }
    recording.checkKept();
  } catch (error) {
    await recording.failed(error, lease.signal.aborted);
  } finally {
    await recording.end(lease);
  }
}

async function measure(
  config: LabConfig,
  experiment: Experiment,
  recording: Recording,
  session: SiteSession,
  signal: AbortSignal,
): Promise<void> {
  const { writer, emit, about } = recording;
  const context = driveContext({ config, session, recording, purpose: { kind: 'run' }, signal });
  checkActions(session, experiment);
  const driven = await driveExperiment(context, experiment);
  const seen = await observe(context, experiment, driven);
  const outcome: ExperimentOutcome = judge(experiment, about.quick, seen.observed, seen.checks);
  writer.writeExperiment({ outcome, observed: seen.observed });
  writer.writeSamples(session.sampler.samples, driven.startMs);
  writer.writeRunData(seen.runData);
  writer.writeVerdict(seen.verdict);
  await writeSeriesOf(writer, session.prometheus, () => dashboardsOf(about.topology.stage), driven.startMs, Date.now());
  keepHostLogs(writer, session);
  const { manifest, events } = writer;
  const report = writer.writeReport(renderExperiment({ manifest, runData: seen.runData, outcome, events }));
  await writer.finish();
  emit({ type: 'outcome', atMs: Date.now(), run: writer.id, outcome, folder: writer.folder, report });
}

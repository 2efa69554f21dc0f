import { judge, type Experiment, type ExperimentOutcome } from '@loadstair/experiments';
import { dashboardsOf } from '@loadstair/dashboards';
import { profileByName } from '@loadstair/load';
import type { Topology } from '@loadstair/topology';
import type { LabConfig } from '../config.ts';
import { writeSeriesOf } from '../keep-series.ts';
import { DEFAULT_SEED, recordRun, type Recorded, type SiteAccess } from '../recorded-run.ts';
import { driveExperiment } from './drive-experiment.ts';
import { observe } from './observe.ts';
import { putBack, shapeOf } from './put-back.ts';

export interface ExperimentRequest {
  readonly name: string;
  readonly quick: boolean;
  readonly seed: number | null;
}

export interface ExperimentContext extends SiteAccess {
  readonly config: LabConfig;
  readonly experiment: Experiment;
  readonly topology: Topology;
  readonly request: ExperimentRequest;
  /** The site was up before, and goes on afterwards. */
  readonly borrowed: boolean;
}

/** One experiment: a run with actions, kept like one. A site that was up before is put back as it was. */
export function executeExperiment(context: ExperimentContext): Recorded {
  const { config, experiment, topology, request } = context;
  const profile = profileByName(experiment.profile);
  const seed = request.seed ?? DEFAULT_SEED;
  const { quick } = request;
  return recordRun(
    config,
    context,
    {
      topology,
      set: [],
      profile,
      experiment: experiment.name,
      seed,
      scale: 1,
      quick,
      burners: true,
      command: `./lab experiment ${experiment.name}${quick ? ' --quick' : ''}${request.seed === null ? '' : ` --seed ${seed}`}`,
      plannedSeconds: quick ? experiment.takesS.quick : experiment.takesS.full,
      lostWhenInterrupted: 'the experiment was stopped before its end',
    },
    async ({ writer, drive: measured }) => {
      const drive = { ...measured, purpose: { kind: 'run' } as const };
      const { session, emit } = drive;
      const before = shapeOf(session.site);
      try {
        const driven = await driveExperiment(drive, experiment);
        const seen = await observe(drive, experiment, driven);
        const outcome: ExperimentOutcome = judge(experiment, quick, seen.observed, seen.checks);
        writer.writeExperiment({ outcome, observed: seen.observed });
        writer.writeSamples(session.sampler.samples, driven.startMs);
        writer.writeRunData(seen.runData);
        writer.writeVerdict(seen.verdict);
        await writeSeriesOf(writer, session.prometheus, () => dashboardsOf(topology.stage), driven.startMs, Date.now());
        writer.copyLogs(session.site.hosts().map((host) => ({ host: host.name, file: session.site.logFile(host.name) })));
        await writer.finish();
        emit({ type: 'outcome', atMs: Date.now(), run: writer.id, outcome, folder: writer.folder });
      } finally {
        if (context.borrowed) await putBack(session, before, AbortSignal.timeout(60_000));
      }
    },
  );
}

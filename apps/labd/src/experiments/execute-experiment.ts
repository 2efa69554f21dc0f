import { judge, type Experiment, type ExperimentOutcome } from '@loadstair/analysis';
import { profileByName } from '@loadstair/load';
import { createStore, type RunEvent } from '@loadstair/runs';
import { hashOf, type Topology } from '@loadstair/topology';
import type { LabdConfig } from '../config.ts';
import { thisMachine } from '../machine.ts';
import { problemLinesOf } from '../problem.ts';
import type { SiteAccess } from '../run-session.ts';
import { CORES_PER_LAB_CPU } from '../site-session.ts';
import { driveExperiment } from './drive-experiment.ts';
import { observe } from './observe.ts';
import { putBack, shapeOf } from './put-back.ts';

export interface ExperimentRequest {
  readonly name: string;
  readonly quick: boolean;
  readonly seed: number | null;
}

export interface ExperimentContext extends SiteAccess {
  readonly config: LabdConfig;
  readonly experiment: Experiment;
  readonly topology: Topology;
  readonly request: ExperimentRequest;
  /** The site was up before, and goes on afterwards. */
  readonly borrowed: boolean;
}

const DEFAULT_SEED = 42;

/**
 * One experiment from nothing to its outcome; a run with actions, kept like one. Errors end as a `failed` event; a site that
 * was up before is put back as it was, one that was started here is gone when `done` resolves.
 */
export function executeExperiment(context: ExperimentContext): { readonly run: string; readonly done: Promise<void> } {
  const { config, experiment, topology, request, signal } = context;
  const profile = profileByName(experiment.profile);
  const seed = request.seed ?? DEFAULT_SEED;
  const command = `./lab experiment ${experiment.name}${request.quick ? ' --quick' : ''}${request.seed === null ? '' : ` --seed ${seed}`}`;
  const writer = createStore(config.labFolder).create({
    schema: 1,
    stage: topology.stage,
    slug: topology.slug,
    topology,
    topologyHash: hashOf(topology),
    set: [],
    profile: profile.name,
    experiment: experiment.name,
    seed,
    scale: 1,
    quick: request.quick,
    command,
    startedAt: new Date().toISOString(),
    machine: thisMachine(),
    coresPerLabCpu: CORES_PER_LAB_CPU,
    versions: { node: process.versions.node },
  });
  const emit = (event: RunEvent): void => {
    writer.appendEvent(event);
    context.emit(event);
  };

  const work = async (): Promise<void> => {
    emit({ type: 'phase', atMs: Date.now(), phase: 'hosts', state: 'begun', text: 'starting hosts' });
    const begunMs = Date.now();
    const session = await context.site();
    const seconds = ((Date.now() - begunMs) / 1000).toFixed(1);
    emit({ type: 'phase', atMs: Date.now(), phase: 'hosts', state: 'done', text: `${session.site.hosts().length} up in ${seconds} s` });
    session.onTraces = (exported) => writer.appendTrace(exported);
    session.metrics.runStarted({ run: writer.id, stage: topology.stage, profile: profile.name });
    const before = shapeOf(session.site);
    try {
      const { quick } = request;
      const drive = {
        config,
        session,
        k6: session.k6,
        profile,
        seed,
        quick,
        scale: 1,
        purpose: { kind: 'run' } as const,
        run: writer.id,
        stage: topology.stage,
        emit,
        signal,
      };
      const driven = await driveExperiment(drive, experiment);
      const seen = await observe(drive, experiment, driven);
      const outcome: ExperimentOutcome = judge(experiment, request.quick, seen.observed, seen.checks);
      writer.writeExperiment({ outcome, observed: seen.observed });
      writer.writeSamples(session.sampler.samples, driven.startMs);
      writer.writeRunData(seen.runData);
      writer.writeVerdict(seen.verdict);
      writer.copyLogs(session.site.hosts().map((host) => ({ host: host.name, file: session.site.logFile(host.name) })));
      await writer.finish();
      emit({ type: 'outcome', atMs: Date.now(), run: writer.id, outcome, folder: writer.folder });
    } finally {
      session.onTraces = () => {};
      session.metrics.runEnded();
      if (context.borrowed) await putBack(session, before, AbortSignal.timeout(60_000));
    }
  };

  emit({
    type: 'run-started',
    atMs: Date.now(),
    run: writer.id,
    stage: topology.stage,
    slug: topology.slug,
    profile: profile.name,
    seed,
    hosts: topology.tiers.flatMap((tier) => Array.from({ length: tier.count }, (_, n) => `${tier.name}-${n + 1}`)),
    plannedSeconds: request.quick ? experiment.takesS.quick : experiment.takesS.full,
  });
  const done = work()
    .catch(async (error: unknown) => {
      emit({
        type: 'failed',
        atMs: Date.now(),
        problem: signal.aborted
          ? { what: 'Interrupted.', why: 'the experiment was stopped before its end', do: command, code: 'INTERRUPTED', exit: 130 }
          : problemLinesOf(error),
      });
      await writer.abandon();
    })
    .finally(() => context.endSite());
  return { run: writer.id, done };
}

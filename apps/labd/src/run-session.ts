import { setTimeout as delay } from 'node:timers/promises';
import { diagnose, gate, verdictLines, type RunData, type Verdict } from '@loadstair/analysis';
import { profileByName } from '@loadstair/load';
import { buildRunData } from '@loadstair/measure';
import { createStore, renderReport, type RunEvent, type RunWriter } from '@loadstair/runs';
import type { Stage } from '@loadstair/stages';
import { hashOf, type Topology } from '@loadstair/topology';
import type { LabdConfig } from './config.ts';
import { driveLoad, type DrivenLoad } from './load/drive-load.ts';
import { keepSeries } from './keep-series.ts';
import { thisMachine } from './machine.ts';
import { problemLinesOf } from './problem.ts';
import { CORES_PER_LAB_CPU, type SiteSession } from './site-session.ts';

export interface RunRequest {
  readonly stage: number;
  /** Null is the profile that reveals the stage's limit. */
  readonly profile: string | null;
  readonly set: readonly string[];
  readonly quick: boolean;
  readonly seed: number | null;
  /** Multiplies every load of the profile. */
  readonly scale: number;
  readonly unbudgeted: boolean;
}

export interface RunContext extends SiteAccess {
  readonly config: LabdConfig;
  readonly stage: Stage;
  readonly topology: Topology;
  readonly request: RunRequest;
}

/** What a measurement may do with the instance's site, and how it tells and is stopped. */
export interface SiteAccess {
  /** Gives the site, starting it when none is up. */
  readonly site: () => Promise<SiteSession>;
  /** Ends the site if this run started it. */
  readonly endSite: () => Promise<void>;
  readonly emit: (event: RunEvent) => void;
  readonly signal: AbortSignal;
}

/** Used when no seed is given: the same command gives the same arrivals. */
const DEFAULT_SEED = 42;

/**
 * One run from nothing to its report. Errors end as a `failed` event, an abort as a run that is kept and refused as
 * INTERRUPTED; in every case the site this run started is gone when `done` resolves.
 */
export function executeRun(context: RunContext): { readonly run: string; readonly done: Promise<void> } {
  const { config, stage, topology, request } = context;
  const profile = profileByName(request.profile ?? stage.profile);
  const seed = request.seed ?? DEFAULT_SEED;
  const writer = createStore(config.labFolder).create({
    schema: 1,
    stage: topology.stage,
    slug: topology.slug,
    topology,
    topologyHash: hashOf(topology),
    set: [...request.set],
    profile: profile.name,
    seed,
    scale: request.scale,
    quick: request.quick,
    command: commandLine(request),
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
    const hosts = session.site.hosts();
    emit({ type: 'phase', atMs: Date.now(), phase: 'hosts', state: 'done', text: `${hosts.length} up in ${seconds} s` });
    session.onTraces = (exported) => writer.appendTrace(exported);
    session.metrics.runStarted({ run: writer.id, stage: topology.stage, profile: profile.name });
    try {
      const driven = await driveLoad({
        config,
        session,
        k6: session.k6,
        profile,
        seed,
        quick: request.quick,
        scale: request.scale,
        run: writer.id,
        stage: topology.stage,
        emit,
        signal: context.signal,
      });
      await conclude(context, writer, session, profile, driven, emit);
    } finally {
      session.onTraces = () => {};
      session.metrics.runEnded();
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
    plannedSeconds: request.quick ? 85 : 225,
  });
  const done = work()
    .catch(async (error: unknown) => {
      const interrupted = context.signal.aborted;
      emit({
        type: 'failed',
        atMs: Date.now(),
        problem: interrupted
          ? {
              what: 'Interrupted.',
              why: 'the run was stopped before it had measured anything',
              do: commandLine(request),
              code: 'INTERRUPTED',
              exit: 130,
            }
          : problemLinesOf(error),
      });
      await writer.abandon();
    })
    .finally(() => context.endSite());
  return { run: writer.id, done };
}

/** From measured steps to a verdict, a report, and a folder that can be looked at anywhere. */
async function conclude(
  context: RunContext,
  writer: RunWriter,
  session: SiteSession,
  profile: ReturnType<typeof profileByName>,
  driven: DrivenLoad,
  emit: (event: RunEvent) => void,
): Promise<void> {
  emit({ type: 'phase', atMs: Date.now(), phase: 'verdict', state: 'begun', text: 'reading what was measured' });
  const startMs = driven.steps[0]?.startMs ?? Date.now();
  const endMs = driven.steps.at(-1)?.endMs ?? Date.now();
  // The last scrape of the window is stored within a second of its end.
  if (!driven.interrupted) await delay(Math.max(0, endMs + 1500 - Date.now()));
  const runData: RunData = await buildRunData(
    {
      run: writer.id,
      stage: { number: context.topology.stage, slug: context.topology.slug },
      profile: { name: profile.name, slo: profile.slo },
      budgeted: session.site.budgeted,
      ended: driven.interrupted ? 'interrupted' : 'finished',
      coresPerLabCpu: CORES_PER_LAB_CPU,
      placement: driven.placement,
      incidents: session.incidents.filter((incident) => incident.atMs >= startMs && incident.atMs <= endMs),
    },
    driven.steps,
    session.sampler.samples,
    session.prometheus,
  );
  writer.writeSamples(session.sampler.samples, startMs);
  writer.writeRunData(runData);
  writer.writeSeries(await keepSeries(session.prometheus, startMs, endMs));
  writer.copyLogs(session.site.hosts().map((host) => ({ host: host.name, file: session.site.logFile(host.name) })));
  const verdict: Verdict = diagnose(runData);
  writer.writeVerdict(verdict);
  const lines = verdictLines(verdict, runData);
  const checks = gate(runData);
  const report = writer.writeReport(renderReport({ manifest: writer.manifest, runData, verdict, events: writer.events }));
  await writer.finish();
  const observer = runData.observer;
  emit({
    type: 'verdict',
    atMs: Date.now(),
    run: writer.id,
    verdict,
    checks: { passed: checks.filter((check) => check.outcome !== 'refuse').length, of: checks.length },
    observerShareOfCore: observer.labdCores + observer.prometheusCores + observer.samplerCores,
    report,
    lines,
  });
}

function commandLine(request: RunRequest): string {
  return [
    './lab run',
    String(request.stage),
    ...(request.profile === null ? [] : ['--profile', request.profile]),
    ...request.set.flatMap((setting) => ['--set', setting]),
    ...(request.quick ? ['--quick'] : []),
    ...(request.seed === null ? [] : ['--seed', String(request.seed)]),
    ...(request.scale === 1 ? [] : ['--scale', String(request.scale)]),
    ...(request.unbudgeted ? ['--unbudgeted'] : []),
  ].join(' ');
}

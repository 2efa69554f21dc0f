import { cpus, freemem, release, totalmem } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { capacityOf, diagnose, gate, verdictLines, type RunData, type Slo, type Verdict } from '@loadstair/analysis';
import { profileByName } from '@loadstair/load';
import { buildRunData } from '@loadstair/measure';
import { createStore, renderReport, type RunEvent, type RunWriter, type SearchOutcome } from '@loadstair/runs';
import type { Stage } from '@loadstair/stages';
import { hashOf, type Topology } from '@loadstair/topology';
import type { LabdConfig } from './config.ts';
import type { Purpose } from './load/drive-context.ts';
import { driveLoad, type DrivenLoad } from './load/drive-load.ts';
import { keepSeries } from './keep-series.ts';
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
  /** Search for the capacity instead of climbing through the profile's own steps. */
  readonly search: boolean;
  /** Replaces the profile's thresholds. */
  readonly slo: Slo | null;
  /** Only a short climb around this load, arrivals/s. */
  readonly around: number | null;
}

export interface RunContext {
  readonly config: LabdConfig;
  readonly stage: Stage;
  readonly topology: Topology;
  readonly request: RunRequest;
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
  const stored = profileByName(request.profile ?? stage.profile);
  const profile = request.slo === null ? stored : { ...stored, slo: request.slo };
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
    machine: {
      cores: cpus().length,
      model: cpus()[0]?.model ?? 'unknown',
      memoryMiB: Math.round(totalmem() / 2 ** 20),
      freeMemoryMiB: Math.round(freemem() / 2 ** 20),
      kernel: release(),
    },
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
        purpose: purposeOf(request),
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
  const { request } = context;
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
  const search = request.search ? searchOutcome(runData) : null;
  // A search makes up for its short steps by its trials.
  const verdict: Verdict = diagnose(runData, search?.kind === 'found' ? ['SHORT', 'UNSTEADY'] : []);
  writer.writeVerdict(verdict);
  if (search !== null) writer.writeSearch(search);
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
    capacity: search,
  });
}

function purposeOf(request: RunRequest): Purpose {
  if (request.search) return { kind: 'search' };
  return request.around === null ? { kind: 'run' } : { kind: 'around', load: request.around };
}

/** The capacity, or why the search did not find it. */
function searchOutcome(run: RunData): SearchOutcome {
  const capacity = capacityOf(run);
  if (capacity === null) return { kind: 'none', reason: 'no load failed the SLO: nothing ran out' };
  const invalid = capacity.trials.filter((trial) => trial.problems.length > 0);
  const [low, high] = capacity.interval;
  if (low === null || high === null) {
    const codes = [...new Set(invalid.flatMap((trial) => trial.problems))];
    return {
      kind: 'none',
      reason: `no load was found that surely ${low === null ? 'holds' : 'fails'}${codes.length === 0 ? '' : `; ${invalid.length} trials did not count: ${codes.join(', ')}`}`,
    };
  }
  return { kind: 'found', capacity };
}

function commandLine(request: RunRequest): string {
  return [
    request.search ? './lab capacity' : './lab run',
    String(request.stage),
    ...(request.profile === null ? [] : ['--profile', request.profile]),
    ...request.set.flatMap((setting) => ['--set', setting]),
    ...(request.quick ? ['--quick'] : []),
    ...(request.seed === null ? [] : ['--seed', String(request.seed)]),
    ...(request.scale === 1 ? [] : ['--scale', String(request.scale)]),
    ...(request.unbudgeted ? ['--unbudgeted'] : []),
  ].join(' ');
}

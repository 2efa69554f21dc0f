import { setTimeout as delay } from 'node:timers/promises';
import {
  capacityOf,
  diagnose,
  gate,
  openSide,
  usualCost,
  verdictLines,
  type RunData,
  type SearchOutcome,
  type Slo,
  type UsualCost,
  type Verdict,
} from '@loadstair/analysis';
import { dashboardsOf } from '@loadstair/dashboards';
import { profileByName } from '@loadstair/load';
import { buildRunData } from '@loadstair/measure';
import { earlierRuns, renderReport, type RunEvent, type RunWriter } from '@loadstair/runs';
import { readPrices, withTraffic, type Stage } from '@loadstair/stages';
import type { Topology } from '@loadstair/topology';
import type { LabConfig } from './config.ts';
import type { Purpose } from './load/drive-context.ts';
import { driveLoad, type DrivenLoad } from './load/drive-load.ts';
import { writeSeriesOf } from './keep-series.ts';
import { DEFAULT_SEED, recordRun, type Recorded, type SiteAccess } from './recorded-run.ts';
import { CORES_PER_LAB_CPU, type SiteSession } from './site-session.ts';
import { startVisitor } from './visitor.ts';

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
  /** Whether idle-priority loops steady the CPU clock (docs/decisions/burners-in-an-idle-group.md). */
  readonly burners: boolean;
  /** Search for the capacity instead of climbing through the profile's own steps. */
  readonly search: boolean;
  /** Replaces the profile's thresholds. */
  readonly slo: Slo | null;
  /** Only a short climb around this load, arrivals/s. */
  readonly around: number | null;
}

export interface RunContext extends SiteAccess {
  readonly config: LabConfig;
  readonly stage: Stage;
  readonly topology: Topology;
  readonly request: RunRequest;
}

/** After the end of load, its last scrape and spans may come this long; a search is not about its traces. */
const LAST_MS = { run: 5_300, search: 1_300 } as const;

/** One run from nothing to its report; an abort keeps what was measured, refused as INTERRUPTED. */
export function executeRun(context: RunContext): Recorded {
  const { config, stage, topology, request } = context;
  const stored = profileByName(request.profile ?? stage.profile);
  const profile = request.slo === null ? stored : { ...stored, slo: request.slo };
  const seed = request.seed ?? DEFAULT_SEED;
  const { set, scale, quick, burners } = request;
  return recordRun(
    config,
    context,
    {
      topology,
      set,
      profile,
      seed,
      scale,
      quick,
      burners,
      command: commandLine(request),
      plannedSeconds: quick ? 85 : 225,
      lostWhenInterrupted: 'the run was stopped before it had measured anything',
    },
    async ({ writer, drive }) => {
      const { session, emit } = drive;
      const visitor = startVisitor({
        placement: () => session.site.placement,
        onTrace: (exported) => writer.appendTrace(exported),
        onLookup: (seconds) => session.metrics.lookup(seconds),
      });
      try {
        const driven = await driveLoad({ ...drive, purpose: purposeOf(request) });
        await conclude(context, writer, session, profile, driven, emit);
      } finally {
        await visitor.stop();
      }
    },
  );
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
  // Services send their spans every 5 s; the last scrape is stored within a second.
  if (!driven.interrupted) await delay(Math.max(0, endMs + LAST_MS[request.search ? 'search' : 'run'] - Date.now()));
  const measured = await buildRunData(
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
  const runData = withTraffic(measured, readPrices());
  writer.writeSamples(session.sampler.samples, startMs);
  writer.writeRunData(runData);
  writer.copyLogs(session.site.hosts().map((host) => ({ host: host.name, file: session.site.logFile(host.name) })));
  const search = request.search
    ? searchOutcome(runData, usualCost([runData, ...earlierRuns(context.config.labFolder, writer.manifest)]))
    : null;
  // A search makes up for its short steps by its trials.
  const verdict: Verdict = diagnose(runData, search?.kind === 'found' ? ['SHORT', 'UNSTEADY'] : []);
  writer.writeVerdict(verdict);
  if (search !== null) writer.writeSearch(search);
  await writeSeriesOf(writer, session.prometheus, () => dashboardsOf(context.topology.stage), startMs, endMs);
  const lines = verdictLines(verdict, runData);
  const checks = gate(runData);
  const report = writer.writeReport(
    renderReport({ manifest: writer.manifest, runData, verdict, events: writer.events, search, confirmation: null }),
  );
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
function searchOutcome(run: RunData, usual: UsualCost | null): SearchOutcome {
  const open = openSide(run);
  const capacity = capacityOf(run, usual);
  if (open === null && capacity !== null) return { kind: 'found', capacity };
  if (open === null) return { kind: 'none', reason: 'no load failed the SLO: nothing ran out' };
  const invalid = (capacity?.trials ?? []).filter((trial) => trial.problems.length > 0);
  const codes = [...new Set(invalid.flatMap((trial) => trial.problems))];
  const looked =
    open.side === 'lower'
      ? `every load down to ${open.from.toFixed(1)}/s failed at times`
      : `every load up to ${open.from.toFixed(1)}/s held at times`;
  return { kind: 'none', reason: `${looked}${codes.length === 0 ? '' : `; ${invalid.length} trials did not count: ${codes.join(', ')}`}` };
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
    ...(request.burners ? [] : ['--no-burners']),
  ].join(' ');
}

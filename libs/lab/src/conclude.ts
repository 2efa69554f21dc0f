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
  type UsualCost,
} from '@loadstair/analysis';
import { dashboardsOf } from '@loadstair/dashboards';
import { buildRunData } from '@loadstair/measure';
import { earlierRuns, renderReport } from '@loadstair/runs';
import { readPrices, withTraffic } from '@loadstair/stages';
import { CORES_PER_LAB_CPU } from '@loadstair/topology';
import type { LabConfig } from './config.ts';
import { keepHostLogs } from './keep-host-logs.ts';
import { writeSeriesOf } from './keep-series.ts';
import type { DrivenLoad } from './load/drive-load.ts';
import type { Recording } from './recording.ts';
import type { SiteSession } from './site-session.ts';

/** After the end of load, its last scrape and spans may come this long; a search is not about its traces. */
const LAST_MS = { run: 5_300, search: 1_300 } as const;

interface Measured {
  readonly config: LabConfig;
  readonly recording: Recording;
  readonly session: SiteSession;
  readonly driven: DrivenLoad;
  /** Whether the steps searched for the capacity. */
  readonly search: boolean;
}

/**
 * From measured steps to a verdict, a report, and a folder that can be looked at anywhere.
 *
 * What was measured is written before it is judged, so that an engine that throws leaves it to be looked at. The report comes
 * last: it shows the events and all that was written before it.
 */
export async function conclude({ config, recording, session, driven, search }: Measured): Promise<void> {
  const { writer, emit, about } = recording;
  emit({ type: 'phase', atMs: Date.now(), phase: 'verdict', state: 'begun', text: 'reading the measurements' });
  const startMs = driven.steps[0]?.startMs ?? Date.now();
  const endMs = driven.steps.at(-1)?.endMs ?? Date.now();
  // Services send their spans every 5 s; the last scrape is stored within a second.
  if (!driven.interrupted) await delay(Math.max(0, endMs + LAST_MS[search ? 'search' : 'run'] - Date.now()));

  const runData = await runDataOf(recording, session, driven, { startMs, endMs });
  writer.writeSamples(session.sampler.samples, startMs);
  writer.writeRunData(runData);
  keepHostLogs(writer, session);

  const found = search ? searchOutcome(runData, usualCost([runData, ...earlierRuns(config.labFolder, writer.manifest)])) : null;
  // A search makes up for its short steps by its trials.
  const verdict = diagnose(runData, found?.kind === 'found' ? ['SHORT', 'UNSTEADY'] : []);
  writer.writeVerdict(verdict);
  if (found !== null) writer.writeSearch(found);

  await writeSeriesOf(writer, session.prometheus, () => dashboardsOf(about.topology.stage), startMs, endMs);
  const { manifest, events } = writer;
  const report = writer.writeReport(renderReport({ manifest, runData, verdict, events, search: found, confirmation: null }));
  await writer.finish();

  const checks = gate(runData);
  const { labdCores, prometheusCores, samplerCores } = runData.observer;
  emit({
    type: 'verdict',
    atMs: Date.now(),
    run: writer.id,
    verdict,
    checks: { passed: checks.filter((check) => check.outcome !== 'refuse').length, of: checks.length },
    observerShareOfCore: labdCores + prometheusCores + samplerCores,
    report,
    lines: verdictLines(verdict, runData),
    capacity: found,
  });
}

async function runDataOf(
  { writer, about }: Recording,
  { site, hostsSince, incidents, sampler, prometheus }: SiteSession,
  { steps, interrupted }: DrivenLoad,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): Promise<RunData> {
  const { topology, profile } = about;
  const measured = await buildRunData(
    {
      run: writer.id,
      stage: { number: topology.stage, slug: topology.slug },
      profile: { name: profile.name, slo: profile.slo },
      budgeted: site.budgeted,
      ended: interrupted ? 'interrupted' : 'finished',
      coresPerLabCpu: CORES_PER_LAB_CPU,
      placements: hostsSince(startMs),
      incidents: incidents.filter((incident) => incident.atMs >= startMs && incident.atMs <= endMs),
    },
    steps,
    sampler.samples,
    prometheus,
  );
  return withTraffic(measured, readPrices());
}

/** The capacity, or why the search did not find it. */
function searchOutcome(run: RunData, usual: UsualCost | null): SearchOutcome {
  const open = openSide(run);
  const capacity = capacityOf(run, usual);
  if (open === null && capacity !== null) return { kind: 'found', capacity };
  if (open === null) return { kind: 'none', reason: 'every load met the SLO: nothing ran out' };
  const invalid = (capacity?.trials ?? []).filter((trial) => trial.problems.length > 0);
  const codes = [...new Set(invalid.flatMap((trial) => trial.problems))];
  const looked =
    open.side === 'lower'
      ? `every load down to ${open.from.toFixed(1)}/s sometimes missed the SLO`
      : `every load up to ${open.from.toFixed(1)}/s sometimes met the SLO`;
  return { kind: 'none', reason: `${looked}${codes.length === 0 ? '' : `; ${invalid.length} trials were invalid: ${codes.join(', ')}`}` };
}

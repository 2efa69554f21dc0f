import { join } from 'node:path';
import type { Incident } from '@loadstair/analysis';
import type { Alert } from '@loadstair/lab-api';
import { planSite } from '@loadstair/components';
import { RULE_FILES } from '@loadstair/dashboards';
import { prometheusClient, scrapeTargets, startSampler, type Placements, type PrometheusClient, type Sampler } from '@loadstair/measure';
import { prepareProcessDriver, type HostEvent, type RunningSite } from '@loadstair/runtime';
import { CORES_PER_LAB_CPU, placeTopology, type Topology } from '@loadstair/topology';
import { alertsFrom } from './alerts.ts';
import type { LabConfig } from './config.ts';
import { createHostHistory } from './host-history.ts';
import { createLabMetrics, type LabMetrics } from './lab-metrics.ts';
import { watchLimits } from './limit-watch.ts';
import { startPrometheus, type StartedPrometheus } from './prometheus-process.ts';
import { watchServers } from './server-watch.ts';
import type { StoredSeries } from './stored-series.ts';
import { startTraceReceiver } from './trace-receiver.ts';
import type { ProvidedTools } from './tools.ts';

/** Without a measurement nobody looks further back. */
const KEPT_IDLE_MS = 60_000;

/** A running site with everything that watches it. */
export interface SiteSession {
  readonly site: RunningSite;
  readonly sampler: Sampler;
  readonly prometheus: PrometheusClient;
  /** Where Prometheus is queried, and since when it has series, epoch ms. */
  readonly series: { readonly url: string; readonly sinceMs: number };
  /** What Prometheus' rules hold for now. Throws PrometheusUnavailable. */
  alerts(): Promise<readonly Alert[]>;
  /** Prometheus that takes k6's metrics; null where strangers could write to it too. */
  readonly writeUrl: string | null;
  readonly k6: string;
  readonly metrics: LabMetrics;
  /** What happened to hosts and lab programs since the start, in order. */
  readonly incidents: Incident[];
  /** The hosts at a moment, epoch ms, and how they changed after it. */
  readonly hostsSince: (startMs: number) => Placements;
  /** Does what is part of what is measured: hosts that come or go meanwhile are no disturbance to the gate. */
  asPlanned<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Where exported spans go; a run puts its own writer here. */
  onTraces: (exported: unknown) => void;
  /** Keeps every sample from now on, until what is returned is called; a site that only is up keeps the last minute. */
  keepSamples(): () => void;
  /** Tells Prometheus which hosts there are now. */
  retarget(): void;
  stop(): Promise<void>;
}

export interface SiteRequest {
  readonly topology: Topology;
  readonly unbudgeted: boolean;
}

/**
 * Starts hosts, Prometheus, the trace receiver and the sampler; when one fails or the signal aborts, all are ended.
 *
 * @param stored gets the series of the site before Prometheus ends
 */
export async function startSiteSession(
  config: LabConfig,
  provided: ProvidedTools,
  request: SiteRequest,
  onHostEvent: (event: HostEvent) => void,
  signal: AbortSignal,
  stored: StoredSeries | null = null,
): Promise<SiteSession> {
  const incidents: Incident[] = [];
  const history = createHostHistory();
  let running: RunningSite | null = null;
  let planned = 0;
  const metrics = createLabMetrics();
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    // The last first, and each although another failed; what failed is there when this is tried again.
    const failures: unknown[] = [];
    for (const end of stops.splice(0).toReversed()) {
      await end().catch((error: unknown) => {
        failures.push(error);
        stops.unshift(end);
      });
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some programs could not be stopped; ./lab down tries again.');
  };

  try {
    const placement = placeTopology(request.topology, config);
    const driver = await prepareProcessDriver(placement, {
      instance: config.instance,
      tools: provided.paths,
      repoFolder: config.repoFolder,
      labFolder: config.labFolder,
      coresPerLabCpu: CORES_PER_LAB_CPU,
      unbudgeted: request.unbudgeted,
      onEvent: (event) => {
        const incident = incidentOf(event, planned > 0);
        if (incident !== null) incidents.push(incident);
        history.onEvent(event, running?.placement ?? null);
        metrics.hostEvent(event);
        onHostEvent(event);
      },
    });
    stops.push(() => driver.stop());
    const site = await driver.start(planSite(placement, driver.contextOf), signal);
    running = site;
    history.started(site.placement, Date.now());
    const session: { onTraces: (exported: unknown) => void } = { onTraces: () => {} };
    // Whoever reaches it could send spans: it is there only where strangers are kept out.
    if (site.isolation.state === 'on') {
      const receiver = await startTraceReceiver(site.placement.labAddress, (exported) => session.onTraces(exported));
      // After the hosts: each sends its last spans as it ends, and would try again for ten seconds where nobody takes them.
      stops.unshift(() => receiver.stop());
    }
    const exposition = await metrics.listen(site.placement.labAddress);
    stops.push(() => exposition.stop());

    const prometheus: StartedPrometheus = await startPrometheus({
      program: provided.prometheus,
      site,
      folder: join(config.labFolder, 'instances', String(config.instance), 'prometheus'),
      address: site.placement.labAddress,
      labTarget: exposition.target,
      ruleFiles: RULE_FILES,
      targets: scrapeTargets(site.placement),
      snapshots: stored !== null,
      onDeath: (detail) => incidents.push({ atMs: Date.now(), kind: 'lab-program-died', subject: `Prometheus ${detail}` }),
      signal,
    });
    const sinceMs = Date.now();
    stops.push(async () => {
      await stored?.take(prometheus);
      await prometheus.stop();
    });

    let measuring = 0;
    let changedLimits = watchLimits();
    const changedServers = watchServers();
    const sampler = startSampler({
      read: () => site.read(),
      readSoft: () => site.readSoft(),
      keepFrom: () => (measuring > 0 ? 0 : Date.now() - KEPT_IDLE_MS),
      onReading(reading) {
        metrics.reading(reading);
        for (const subject of changedLimits(reading.hosts)) incidents.push({ atMs: reading.atMs, kind: 'limit-changed', subject });
      },
      onSoft(soft) {
        metrics.soft(soft, site.placement);
        for (const event of changedServers(soft, site.placement.hosts)) onHostEvent(event);
      },
      onError: (error) =>
        incidents.push({ atMs: Date.now(), kind: 'sampler-gap', subject: error instanceof Error ? error.message : String(error) }),
    });
    stops.push(() => sampler.stop());

    return {
      site,
      sampler,
      prometheus: prometheusClient(prometheus.url),
      series: { url: prometheus.url, sinceMs },
      alerts: () => alertsFrom(prometheus.url),
      writeUrl: site.isolation.state === 'on' ? prometheus.url : null,
      k6: provided.k6,
      metrics,
      incidents,
      hostsSince: (startMs) => history.since(startMs),
      async asPlanned(work) {
        planned += 1;
        try {
          return await work();
        } finally {
          planned -= 1;
        }
      },
      get onTraces() {
        return session.onTraces;
      },
      set onTraces(write) {
        session.onTraces = write;
      },
      keepSamples() {
        measuring += 1;
        // What somebody changed before is told to whoever measures now.
        changedLimits = watchLimits();
        return () => (measuring -= 1);
      },
      retarget: () => prometheus.setTargets(scrapeTargets(site.placement)),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const INCIDENTS: Partial<Record<HostEvent['kind'], Incident['kind']>> = {
  died: 'host-died',
  killed: 'host-died',
  oom: 'oom',
  replaced: 'host-restarted',
  stopped: 'host-stopped',
  up: 'host-added',
  'lab-program-died': 'lab-program-died',
};

/** What comes or goes as planned; a host that dies meanwhile is a disturbance all the same. */
const PLANNABLE: readonly Incident['kind'][] = ['host-added', 'host-stopped'];

function incidentOf(event: HostEvent, planned: boolean): Incident | null {
  const kind = INCIDENTS[event.kind];
  if (kind === undefined) return null;
  return { atMs: event.atMs, kind, subject: event.host, ...(planned && PLANNABLE.includes(kind) ? { planned: true } : {}) };
}

import { createServer } from 'node:http';
import { once } from 'node:events';
import { createMetrics, METRICS, type MetricDeclaration } from '@loadstair/telemetry';
import type { CacheState, CacheUse } from '@loadstair/components';
import { resourcesOf, type SoftSample } from '@loadstair/measure';
import type { HostEvent, HostReading, HostsReading } from '@loadstair/runtime';
import { PORTS, type PlacedHost, type Placement } from '@loadstair/topology';

/** What the lab itself serves to Prometheus: hosts read from outside, phases, faults, its own cost. */
export interface LabMetrics {
  reading(reading: HostsReading): void;
  soft(soft: readonly SoftSample[], placement: Placement): void;
  hostEvent(event: HostEvent): void;
  runStarted(run: { readonly run: string; readonly stage: number; readonly profile: string }): void;
  step(step: { readonly index: number; readonly kind: string; readonly offered: number } | null): void;
  runEnded(): void;
  /** What the generator did in the last seconds. */
  generator(recent: { readonly startedPerS: number; readonly achievedPerS: number; readonly lateP99Ms: number }): void;
  /** Seconds a client's last look-up of the site's name took. */
  lookup(seconds: number): void;
  /** Serves /metrics on the lab's own address. */
  listen(address: string): Promise<{ readonly target: string; stop(): Promise<void> }>;
}

/** While no load is offered. */
const NOTHING = { startedPerS: 0, achievedPerS: 0, lateP99Ms: 0 };
const PERIOD_US = 100_000;

/** What a host that does not live has no value of. */
const GONE_WITH_HOST = [METRICS.behindBytes, METRICS.behindSeconds, METRICS.cacheUsed, METRICS.cacheMost, METRICS.cacheEntries] as const;

export function createLabMetrics(): LabMetrics {
  const metrics = createMetrics();
  const gauges = new Map<string, ReturnType<typeof metrics.gauge>>();
  const counters = new Map<string, ReturnType<typeof metrics.counter>>();
  const gauge = (declaration: MetricDeclaration): ReturnType<typeof metrics.gauge> => {
    const known = gauges.get(declaration.name) ?? metrics.gauge(declaration);
    gauges.set(declaration.name, known);
    return known;
  };
  const lastValue = new Map<string, number>();
  /** Counters are kept elsewhere (the kernel); the difference to the last reading is added. */
  const count = (declaration: MetricDeclaration, labels: Record<string, string>, total: number): void => {
    const known = counters.get(declaration.name) ?? metrics.counter(declaration);
    counters.set(declaration.name, known);
    const key = `${declaration.name} ${Object.values(labels).join(' ')}`;
    const before = lastValue.get(key) ?? 0;
    // A smaller total is a host that started anew under its old name.
    known.inc(labels, total >= before ? total - before : total);
    lastValue.set(key, total);
  };
  /** Of an edge location, `datacentre` is its own name too. */
  const hostLabels = (host: { readonly host: string; readonly tier: string; readonly place: string }): Record<string, string> => ({
    host: host.host,
    tier: host.tier,
    datacentre: host.place,
  });
  const labelsOf = ({ name, tier, place }: PlacedHost): Record<string, string> => hostLabels({ host: name, tier, place });

  const oneHost = (host: HostReading): void => {
    const labels = hostLabels(host);
    count(METRICS.cpu, labels, host.cpuSeconds);
    for (const [component, seconds] of Object.entries(host.cpuSecondsByComponent))
      count(METRICS.componentCpu, { ...labels, component }, seconds);
    count(METRICS.periods, labels, host.periods);
    count(METRICS.throttledPeriods, labels, host.throttledPeriods);
    count(METRICS.throttled, labels, host.throttledSeconds);
    if (host.quotaCores !== null) gauge(METRICS.quota).set(labels, host.quotaCores * PERIOD_US);
    else gauge(METRICS.quota).remove(labels);
    gauge(METRICS.period).set(labels, PERIOD_US);
    gauge(METRICS.memory).set(labels, host.memoryBytes);
    if (host.memoryLimitBytes !== null) gauge(METRICS.memoryLimit).set(labels, host.memoryLimitBytes);
    count(METRICS.memoryFailures, labels, host.memoryFailures);
    count(METRICS.reads, labels, host.ioReadBytes);
    count(METRICS.writes, labels, host.ioWriteBytes);
    if (host.psiCpuSomeSeconds !== null) count(METRICS.psiCpu, labels, host.psiCpuSomeSeconds);
    if (host.psiIoFullSeconds !== null) count(METRICS.psiIo, labels, host.psiIoFullSeconds);
    if (host.psiMemoryFullSeconds !== null) count(METRICS.psiMemory, labels, host.psiMemoryFullSeconds);
  };

  const files = (read: NonNullable<SoftSample['files']>, labels: Record<string, string>): void => {
    count(METRICS.edgeRequests, { ...labels, result: 'hit' }, read.hits);
    count(METRICS.edgeRequests, { ...labels, result: 'miss' }, read.misses);
    count(METRICS.edgeBytes, labels, read.bytesOut);
    count(METRICS.edgeEvicted, labels, read.evicted);
    count(METRICS.edgeFailures, labels, read.failures);
    gauge(METRICS.edgeStored).set(labels, read.storedBytes);
  };

  const lookups = (labels: Record<string, string>, { lookups: all, hits, again, failed, missSeconds }: CacheUse): void => {
    const outcomes = { hit: hits, miss: all - hits - again - failed, again, failed };
    for (const [outcome, total] of Object.entries(outcomes)) count(METRICS.cacheLookups, { ...labels, outcome }, total);
    count(METRICS.cacheMissSeconds, labels, missSeconds);
  };
  const kept = (labels: Record<string, string>, state: CacheState): void => {
    gauge(METRICS.cacheUsed).set(labels, state.usedBytes);
    gauge(METRICS.cacheMost).set(labels, state.mostBytes);
    gauge(METRICS.cacheEntries).set(labels, state.entries);
    count(METRICS.cacheEvicted, labels, state.evicted);
    count(METRICS.cacheExpired, labels, state.expired);
    count(METRICS.cacheCommands, labels, state.commands);
  };

  const generator: LabMetrics['generator'] = ({ startedPerS, achievedPerS, lateP99Ms }) => {
    gauge(METRICS.started).set(startedPerS);
    gauge(METRICS.achieved).set(achievedPerS);
    gauge(METRICS.late).set(lateP99Ms / 1000);
  };

  return {
    reading(reading) {
      for (const host of reading.hosts) oneHost(host);
      count(METRICS.machineIdle, {}, reading.machine.idleSeconds + (reading.lab['burners'] ?? 0));
      count(METRICS.machineSteal, {}, reading.machine.stealSeconds);
      for (const [part, seconds] of Object.entries(reading.lab)) count(METRICS.observer, { part }, seconds);
    },
    soft(soft, placement) {
      const limits = new Map(
        resourcesOf(placement, 1).map((resource) => [`${resource.host} ${resource.component} ${resource.kind}`, resource.limit]),
      );
      const placed = new Map(placement.hosts.map((host) => [host.name, host]));
      for (const sample of soft) {
        const host = placed.get(sample.host);
        if (host === undefined) continue;
        const own = labelsOf(host);
        const labels = { ...own, component: sample.component, resource: sample.kind };
        for (const [name, total] of Object.entries(sample.servedBy ?? {})) {
          const server = placed.get(name);
          if (server !== undefined) count(METRICS.given, { ...labelsOf(server), by: sample.host }, total);
        }
        for (const [name, { reads, writes }] of Object.entries(sample.databases ?? {})) {
          const server = placed.get(name);
          if (server === undefined) continue;
          count(METRICS.databaseWork, { ...labelsOf(server), by: sample.host, kind: 'read' }, reads);
          count(METRICS.databaseWork, { ...labelsOf(server), by: sample.host, kind: 'write' }, writes);
        }
        for (const [name, { inService, takenOut }] of Object.entries(sample.servers ?? {})) {
          const server = placed.get(name);
          if (server === undefined) continue;
          gauge(METRICS.inService).set({ ...labelsOf(server), by: sample.host }, inService ? 1 : 0);
          count(METRICS.takenOut, { ...labelsOf(server), by: sample.host }, takenOut);
        }
        if (sample.bytesOut !== undefined) count(METRICS.originBytes, own, sample.bytesOut);
        if (sample.files !== undefined) files(sample.files, { ...own, region: host.place });
        if (sample.replay !== undefined) {
          const { behindBytes, behindSeconds } = sample.replay;
          gauge(METRICS.behindBytes).set(own, behindBytes);
          if (behindSeconds !== null) gauge(METRICS.behindSeconds).set(own, behindSeconds);
        }
        for (const [name, use] of Object.entries(sample.asked ?? {})) {
          const cache = placed.get(name);
          if (cache !== undefined) lookups({ ...labelsOf(cache), by: sample.host }, use);
        }
        if (sample.cache !== undefined) kept(own, sample.cache);
        if (sample.inUse !== null) gauge(METRICS.inUse).set(labels, sample.inUse);
        if (sample.waiting !== null) gauge(METRICS.waiting).set(labels, sample.waiting);
        const limit = limits.get(`${sample.host} ${sample.component} ${sample.kind}`);
        if (limit !== undefined && limit !== null) gauge(METRICS.limit).set(labels, limit);
      }
    },
    hostEvent(event) {
      if (event.stands === null) return;
      const labels = hostLabels({ host: event.host, ...event.stands });
      if (event.kind === 'up') gauge(METRICS.hostUp).set(labels, 1);
      if (event.kind === 'died' || event.kind === 'killed') {
        gauge(METRICS.hostUp).set(labels, 0);
        for (const gone of GONE_WITH_HOST) gauge(gone).remove(labels);
        gauge(METRICS.fault).set({ fault: event.kind, host: event.host }, 1);
      }
      if (event.kind === 'stopped' || event.kind === 'replaced') {
        for (const gone of [METRICS.hostUp, ...GONE_WITH_HOST]) gauge(gone).remove(labels);
        for (const fault of ['died', 'killed']) gauge(METRICS.fault).remove({ fault, host: event.host });
      }
    },
    runStarted: ({ run, stage, profile }) => gauge(METRICS.run).set({ testid: run, stage: String(stage), profile }, 1),
    step(step) {
      gauge(METRICS.step).reset();
      gauge(METRICS.offered).set(step?.offered ?? 0);
      if (step === null || step.kind === 'idle') generator(NOTHING);
      if (step !== null) gauge(METRICS.step).set({ kind: step.kind }, step.index);
    },
    runEnded() {
      gauge(METRICS.run).reset();
      gauge(METRICS.step).reset();
      gauge(METRICS.offered).set(0);
    },
    generator,
    lookup: (seconds) => gauge(METRICS.lookup).set(seconds),
    async listen(address) {
      const server = createServer((request, response) => {
        if (request.url !== '/metrics') return void response.writeHead(404).end();
        metrics.expose().then(
          (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
          () => response.writeHead(500).end(),
        );
      });
      server.listen(PORTS.labMetrics, address);
      await once(server, 'listening');
      return {
        target: `${address}:${PORTS.labMetrics}`,
        async stop() {
          server.close();
          server.closeAllConnections();
        },
      };
    },
  };
}

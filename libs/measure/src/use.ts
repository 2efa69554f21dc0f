import type { ResourceInfo, ResourceUse, StepMachine } from '@loadstair/analysis';
import { counterAt, growth, lastWithin, meanWithin, type Point, type Span } from './counter.ts';
import { hitRatioUse } from './hit-ratio.ts';
import type { Samples, SoftSample } from './samples.ts';
import { samplesAround } from './samples-around.ts';
import type { HostReading, HostsReading } from '@loadstair/runtime';

/** Turns samples into use of every resource over a window. */
export interface Window extends Span {
  /** Length of the blocks that tile the window, s. */
  readonly blockS: number;
}

/**
 * Use of one resource over a window, or null when it was not measured there (a blind spot, which the gate sees).
 */
export function useOf(resource: ResourceInfo, all: Samples, window: Window): ResourceUse | null {
  const samples = samplesAround(all, window);
  switch (resource.kind) {
    case 'cpu':
      return cpuUse(resource, samples, window);
    case 'memory':
      return memoryUse(resource, samples, window);
    case 'disk':
      return diskUse(resource, samples, window);
    case 'replay':
      return replayUse(resource, samples, window);
    case 'hit-ratio':
      return hitRatioUse(resource, samples, window);
    default:
      return softUse(resource, samples, window);
  }
}

function cpuUse(resource: ResourceInfo, samples: Samples, window: Window): ResourceUse | null {
  const series = hostSeries(samples.readings, resource.host);
  const limit = resource.limit;
  if (limit === null) return null;
  const cpu = series((host) => host.cpuSeconds);
  const busyOver = (startMs: number, endMs: number): number | null => {
    const seconds = growth(cpu, startMs, endMs);
    return seconds === null ? null : seconds / (((endMs - startMs) / 1000) * limit);
  };
  const busy = busyOver(window.startMs, window.endMs);
  if (busy === null) return null;
  const periods = growth(
    series((host) => host.periods),
    window.startMs,
    window.endMs,
  );
  const throttled = growth(
    series((host) => host.throttledPeriods),
    window.startMs,
    window.endMs,
  );
  const components = Object.keys(lastHost(samples.readings, resource.host)?.cpuSecondsByComponent ?? {});
  const seconds = (window.endMs - window.startMs) / 1000;
  const byComponent = Object.fromEntries(
    components.map((component) => {
      const points = series((host) => host.cpuSecondsByComponent[component] ?? 0);
      return [component, (growth(points, window.startMs, window.endMs) ?? 0) / seconds];
    }),
  );
  return {
    resource: resource.id,
    busy,
    blocks: blocks(window, busyOver),
    throttledShare: periods === null || periods === 0 ? 0 : (throttled ?? 0) / periods,
    byComponent,
  };
}

function memoryUse(resource: ResourceInfo, samples: Samples, window: Window): ResourceUse | null {
  const series = hostSeries(samples.readings, resource.host);
  const limit = resource.limit;
  if (limit === null) return null;
  const used = series((host) => host.memoryBytes / 2 ** 20 / limit);
  const busy = meanWithin(used, window.startMs, window.endMs);
  if (busy === null) return null;
  return {
    resource: resource.id,
    busy,
    blocks: blocks(window, (startMs, endMs) => meanWithin(used, startMs, endMs)),
    memoryFailures:
      growth(
        series((host) => host.memoryFailures),
        window.startMs,
        window.endMs,
      ) ?? 0,
    ...collecting(resource.host, samples, window),
  };
}

/** Shares of the host's CPU time that was garbage collection of its site processes, and of that on threads beside the main one. */
function collecting(host: string, samples: Samples, window: Window): Pick<ResourceUse, 'gcShare' | 'gcHelperShare'> {
  const grown = (value: (soft: SoftSample) => number | undefined): number =>
    growth(
      softSeries(samples.soft, host, 'event-loop', null, (soft) => value(soft) ?? null),
      window.startMs,
      window.endMs,
    ) ?? 0;
  const used =
    growth(
      hostSeries(samples.readings, host)((reading) => reading.cpuSeconds),
      window.startMs,
      window.endMs,
    ) ?? 0;
  const helped = grown((soft) => soft.gcHelperSeconds);
  const share = (seconds: number): number => (used <= 0 ? 0 : Math.min(1, seconds / used));
  return { gcShare: share(grown((soft) => soft.gcSeconds) + helped), gcHelperShare: share(helped) };
}

function diskUse(resource: ResourceInfo, samples: Samples, window: Window): ResourceUse | null {
  const series = hostSeries(samples.readings, resource.host);
  const bytes = series((host) => host.ioReadBytes + host.ioWriteBytes);
  const moved = growth(bytes, window.startMs, window.endMs);
  if (moved === null) return null;
  const stall = series((host) => host.psiIoFullSeconds);
  const stalledOver = (startMs: number, endMs: number): number | null => {
    const seconds = growth(stall, startMs, endMs);
    return seconds === null ? null : seconds / ((endMs - startMs) / 1000);
  };
  const ioStall = stalledOver(window.startMs, window.endMs);
  return {
    resource: resource.id,
    busy: ioStall ?? 0,
    blocks: blocks(window, stalledOver),
    bytesPerS: moved / ((window.endMs - window.startMs) / 1000),
    ...(ioStall === null ? {} : { ioStall }),
  };
}

/** Too little to tell a rate by. */
const LEAST_WRITTEN_BYTES = 64 * 1024;

/** What stays behind counts from the middle of the window on: a delayed replica's distance settles first, and then stays. */
function replayUse(resource: ResourceInfo, samples: Samples, window: Window): ResourceUse | null {
  const series = (value: (soft: SoftSample) => number | null): Point[] =>
    softSeries(samples.soft, resource.host, 'replay', resource.component, value);
  const behind = series((soft) => soft.replay?.behindBytes ?? null);
  const written = series((soft) => soft.replay?.writtenBytes ?? null);
  const behindEnd = lastWithin(behind, window.startMs, window.endMs);
  if (behindEnd === null) return null;
  const stayed = (startMs: number, endMs: number): number | null => {
    const grown = growth(written, startMs, endMs);
    if (grown === null) return null;
    const [from, to] = [counterAt(behind, startMs) ?? 0, counterAt(behind, endMs) ?? 0];
    return grown < LEAST_WRITTEN_BYTES ? 0 : Math.min(1, Math.max(0, to - from) / grown);
  };
  const seconds = growth(
    series((soft) => soft.busySeconds),
    window.startMs,
    window.endMs,
  );
  const used = growth(
    hostSeries(samples.readings, resource.host)((host) => host.cpuSeconds),
    window.startMs,
    window.endMs,
  );
  return {
    resource: resource.id,
    busy: stayed((window.startMs + window.endMs) / 2, window.endMs) ?? 0,
    blocks: blocks(window, stayed),
    behindBytes: behindEnd,
    ...(seconds === null || used === null || used <= 0 ? {} : { replayCpuShare: Math.min(1, seconds / used) }),
  };
}

function softUse(resource: ResourceInfo, samples: Samples, window: Window): ResourceUse | null {
  const series = (value: (soft: SoftSample) => number | null): Point[] =>
    softSeries(samples.soft, resource.host, resource.kind, resource.component, value);
  const waitingPoints = series((soft) => soft.waiting);
  const waiting = meanWithin(waitingPoints, window.startMs, window.endMs);
  const inUse = meanWithin(
    series((soft) => soft.inUse),
    window.startMs,
    window.endMs,
  );

  if (resource.kind === 'lock') {
    if (waiting === null) return null;
    const shareWaiting = (startMs: number, endMs: number): number | null => {
      const wait = meanWithin(waitingPoints, startMs, endMs);
      const active = meanWithin(
        series((soft) => soft.inUse),
        startMs,
        endMs,
      );
      return wait === null ? null : Math.min(1, wait / Math.max(1, active ?? 0));
    };
    return {
      resource: resource.id,
      busy: shareWaiting(window.startMs, window.endMs) ?? 0,
      blocks: blocks(window, shareWaiting),
      waiting,
      waitingEnd: lastWithin(waitingPoints, window.startMs, window.endMs) ?? waiting,
    };
  }

  const limit = resource.limit ?? 1;
  const busySeconds = series((soft) => soft.busySeconds);
  const busyOver = (startMs: number, endMs: number): number | null => {
    const seconds = growth(busySeconds, startMs, endMs);
    return seconds === null ? null : seconds / (((endMs - startMs) / 1000) * limit);
  };
  const busy = busyOver(window.startMs, window.endMs) ?? (inUse === null ? null : inUse / limit);
  if (busy === null) return null;
  const acquisitions = growth(
    series((soft) => soft.acquisitions),
    window.startMs,
    window.endMs,
  );
  const waitSeconds = growth(
    series((soft) => soft.waitSeconds),
    window.startMs,
    window.endMs,
  );
  const heldSeconds = growth(busySeconds, window.startMs, window.endMs);
  const perAcquisition = (seconds: number | null): number | null =>
    seconds === null || acquisitions === null || acquisitions < 1 ? null : (seconds / acquisitions) * 1000;
  const waitMs = perAcquisition(waitSeconds);
  const holdMs = resource.kind === 'event-loop' ? null : perAcquisition(heldSeconds);
  return {
    resource: resource.id,
    busy,
    blocks: blocks(window, busyOver),
    ...(waiting === null ? {} : { waiting }),
    ...(waiting === null ? {} : { waitingEnd: lastWithin(waitingPoints, window.startMs, window.endMs) ?? waiting }),
    ...(waitMs === null ? {} : { waitMs }),
    ...(holdMs === null ? {} : { holdMs }),
    ...(acquisitions === null || resource.kind === 'event-loop' ? {} : { acquisitions }),
  };
}

function blocks(window: Window, over: (startMs: number, endMs: number) => number | null): number[] {
  const count = Math.max(1, Math.round((window.endMs - window.startMs) / 1000 / window.blockS));
  const length = (window.endMs - window.startMs) / count;
  return Array.from({ length: count }, (_, index) => {
    const startMs = window.startMs + index * length;
    return over(startMs, startMs + length) ?? 0;
  });
}

/** What the physical machine did in a window. */
export function machineUse(samples: Samples, window: Window): StepMachine {
  const all = (value: (reading: HostsReading) => number): Point[] =>
    samples.readings.map((reading) => ({ atMs: reading.atMs, value: value(reading) }));
  const cores = samples.readings.at(-1)?.machine.cores ?? 1;
  const available = cores * ((window.endMs - window.startMs) / 1000);
  const grown = (value: (reading: HostsReading) => number): number => growth(all(value), window.startMs, window.endMs) ?? 0;
  const burners = grown((reading) => reading.lab['burners'] ?? 0);
  const labOwn = grown((reading) => Object.values(reading.lab).reduce((sum, seconds) => sum + seconds, 0));
  const hosts = grown((reading) => reading.hosts.reduce((sum, host) => sum + host.cpuSeconds, 0));
  const probes = samples.probes
    .filter((one) => one.atMs >= window.startMs && one.atMs <= window.endMs)
    .map((one) => one.ms)
    .sort((a, b) => a - b);
  return {
    idle: Math.min(1, (grown((reading) => reading.machine.idleSeconds) + burners) / available),
    steal: grown((reading) => reading.machine.stealSeconds) / available,
    outside: Math.max(0, (grown((reading) => reading.machine.busySeconds) - hosts - labOwn) / available),
    generatorCores: grown((reading) => reading.lab['clients'] ?? 0) / ((window.endMs - window.startMs) / 1000),
    probeMs: probes.length === 0 ? null : (probes[Math.floor(probes.length / 2)] as number),
  };
}

function hostSeries(readings: readonly HostsReading[], name: string): (value: (host: HostReading) => number | null) => Point[] {
  const found = readings.flatMap((reading) => {
    const host = reading.hosts.find((one) => one.host === name);
    return host === undefined ? [] : [{ atMs: reading.atMs, host }];
  });
  return (value) =>
    found.flatMap(({ atMs, host }) => {
      const number = value(host);
      return number === null ? [] : [{ atMs, value: number }];
    });
}

function lastHost(readings: readonly HostsReading[], name: string): HostReading | undefined {
  return readings.at(-1)?.hosts.find((one) => one.host === name);
}

function softSeries(
  soft: readonly SoftSample[],
  host: string,
  kind: string,
  component: string | null,
  value: (sample: SoftSample) => number | null,
): Point[] {
  return soft.flatMap((sample) => {
    if (sample.host !== host || sample.kind !== kind) return [];
    if (component !== null && sample.component !== component) return [];
    const number = value(sample);
    return number === null ? [] : [{ atMs: sample.atMs, value: number }];
  });
}

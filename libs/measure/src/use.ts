import type { StepMachine } from '@loadstair/analysis';
import { growth, moduleOf, type Point, type ResourceInfo, type ResourceUse, type Window } from '@loadstair/resources';
import type { HostsReading } from '@loadstair/runtime';
import { samplesAround } from './samples-around.ts';
import type { Samples } from './samples.ts';

/**
 * Use of one resource over a window, or null when it was not measured there (a blind spot, which the gate sees).
 */
export function useOf(resource: ResourceInfo, all: Samples, window: Window): ResourceUse | null {
  // A module gives uses of its own kind.
  return moduleOf(resource.kind).use(resource, samplesAround(all, window), window) as ResourceUse | null;
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

import { growth, type Point, type Window } from './counter.ts';
import type { HostSample, Samples, SoftSample } from './samples.ts';

/** Numbers of one host over time. */
export function hostSeries({ readings }: Samples, name: string): (value: (host: HostSample) => number | null) => Point[] {
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

/** Numbers of one kind of resource of a component over time. */
export function softSeries(
  { soft }: Samples,
  { host, kind, component }: { readonly host: string; readonly kind: string; readonly component: string | null },
): (value: (sample: SoftSample) => number | null) => Point[] {
  const found = soft.filter(
    (sample) => sample.host === host && sample.kind === kind && (component === null || sample.component === component),
  );
  return (value) =>
    found.flatMap((sample) => {
      const number = value(sample);
      return number === null ? [] : [{ atMs: sample.atMs, value: number }];
    });
}

/** CPU seconds that a host used in a window; null when it was not read there. */
export function cpuSecondsUsed(samples: Samples, host: string, { startMs, endMs }: Window): number | null {
  return growth(
    hostSeries(samples, host)((reading) => reading.cpuSeconds),
    startMs,
    endMs,
  );
}

/** A number for each block of a window; 0 where nothing is known. */
export function blocksOf(window: Window, over: (startMs: number, endMs: number) => number | null): number[] {
  const count = Math.max(1, Math.round((window.endMs - window.startMs) / 1000 / window.blockS));
  const length = (window.endMs - window.startMs) / count;
  return Array.from({ length: count }, (_, index) => {
    const startMs = window.startMs + index * length;
    return over(startMs, startMs + length) ?? 0;
  });
}

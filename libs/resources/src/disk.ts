import { growth, type Window } from './counter.ts';
import { cpuBusy } from './cpu.ts';
import { IO_STALL, NEAR } from './limits.ts';
import { defineResource, hundredfold } from './module.ts';
import type { Resource, Use } from './resource.ts';
import type { Samples } from './samples.ts';
import { blocksOf, hostSeries } from './series.ts';

export interface DiskUse extends Use {
  readonly kind: 'disk';
  /** Bytes/s written and read. */
  readonly bytesPerS?: number;
  /** Share of time in which all tasks of the host stalled on I/O (PSI io full). */
  readonly ioStall?: number;
}

/** A disk that stalls its host this much of the time is full. */
const FULL_STALL = 0.8;

/** The disk under a host, of which only the waiting for it is known, and no limit. */
export const disk = defineResource<DiskUse>({
  kind: 'disk',
  word: 'disk',
  use: diskUse,
  isNear: stalls,
  isFull: ({ ioStall = 0 }) => ioStall >= FULL_STALL,
  atLimit: ({ uses, resource }, { run, failing }) => uses.some(stalls) && cpuBusy(run, resource.host, failing) < NEAR,
  measures: [{ words: 'time stalled on the disk, %', of: ({ ioStall }) => hundredfold(ioStall) }],
  query: ({ host }) => `rate(container_pressure_io_stalled_seconds_total{host="${host}"}[15s])`,
});

export function stalls({ ioStall = 0 }: DiskUse): boolean {
  return ioStall >= IO_STALL;
}

function diskUse(resource: Resource, samples: Samples, window: Window): DiskUse | null {
  const series = hostSeries(samples, resource.host);
  const moved = growth(
    series((host) => host.ioReadBytes + host.ioWriteBytes),
    window.startMs,
    window.endMs,
  );
  if (moved === null) return null;
  const stall = series((host) => host.psiIoFullSeconds);
  const stalledOver = (startMs: number, endMs: number): number | null => {
    const seconds = growth(stall, startMs, endMs);
    return seconds === null ? null : seconds / ((endMs - startMs) / 1000);
  };
  const ioStall = stalledOver(window.startMs, window.endMs);
  return {
    kind: 'disk',
    resource: resource.id,
    busy: ioStall ?? 0,
    blocks: blocksOf(window, stalledOver),
    bytesPerS: moved / ((window.endMs - window.startMs) / 1000),
    ...(ioStall === null ? {} : { ioStall }),
  };
}

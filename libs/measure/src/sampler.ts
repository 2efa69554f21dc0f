import { hash } from 'node:crypto';
import type { HostsReading } from '@loadstair/runtime';
import type { Samples, SoftSample } from './samples.ts';
import { firstAt } from './samples-around.ts';

/** Reads hosts from outside at a fixed rate while a site runs, and keeps what it read. */
export interface Sampler {
  readonly samples: Samples;
  /** Resolves after a last reading; idempotent. */
  stop(): Promise<void>;
}

export interface SamplerOptions {
  readonly read: () => HostsReading;
  readonly readSoft: () => Promise<readonly SoftSample[]>;
  /** What is older than this is dropped, ms since the epoch; everything is kept unless told. */
  readonly keepFrom?: () => number;
  readonly onReading?: (reading: HostsReading) => void;
  readonly onSoft?: (soft: readonly SoftSample[]) => void;
  /** A reading that failed: the gap stays open, the sampler goes on. */
  readonly onError: (error: unknown) => void;
}

/** Cgroup files are read at this interval; a window of some seconds then has an error under 1 % at its edges. */
export const READ_EVERY_MS = 250;
const SOFT_EVERY_MS = 1000;
/** Hashed by the probe: some 0.2–0.5 ms of arithmetic in compiled code, whatever the JavaScript engine has made of its caller. */
const PROBE_INPUT = Buffer.alloc(384 * 1024, 7);

export function startSampler(options: SamplerOptions): Sampler {
  const samples: Samples = { readings: [], soft: [], probes: [] };
  let softRunning: Promise<void> | null = null;
  let ticks = 0;

  const forget = (): void => {
    const fromMs = options.keepFrom?.();
    if (fromMs === undefined) return;
    for (const list of [samples.readings, samples.soft, samples.probes]) list.splice(0, firstAt(list, fromMs));
  };
  const readOnce = (): void => {
    try {
      const reading = options.read();
      samples.readings.push(reading);
      forget();
      options.onReading?.(reading);
    } catch (error) {
      options.onError(error);
    }
  };
  const softOnce = (): void => {
    // One read at a time: a slow component must not pile up readers.
    softRunning ??= options
      .readSoft()
      .then((soft) => {
        samples.soft.push(...soft);
        options.onSoft?.(soft);
      }, options.onError)
      .finally(() => {
        softRunning = null;
      });
  };

  readOnce();
  softOnce();
  const timer = setInterval(() => {
    ticks += 1;
    readOnce();
    if (ticks % (SOFT_EVERY_MS / READ_EVERY_MS) === 0) {
      softOnce();
      samples.probes.push({ atMs: Date.now(), ms: probe() });
    }
  }, READ_EVERY_MS);

  let stopped: Promise<void> | null = null;
  return {
    samples,
    stop() {
      stopped ??= (async () => {
        clearInterval(timer);
        readOnce();
        await softRunning;
      })();
      return stopped;
    },
  };
}

/** A steal counter and long loops miss the slow spells that this sees (calibration.md, Q8). */
function probe(): number {
  const begun = performance.now();
  hash('sha256', PROBE_INPUT, 'buffer');
  return performance.now() - begun;
}

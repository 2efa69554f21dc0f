import { cpus, freemem, release, totalmem } from 'node:os';
import type { Manifest } from '@loadstair/runs';

/** What a run's manifest says of the machine, now. */
export function thisMachine(): Manifest['machine'] {
  return {
    cores: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    freeMemoryMiB: Math.round(freemem() / 2 ** 20),
    kernel: release(),
  };
}

import { availableParallelism } from 'node:os';
import { startProcess } from '@loadstair/kit/node';
import { limitGenerator } from '@loadstair/runtime';
import type { DisturbanceKind } from '@loadstair/stages';

/** What spoils a run from outside; `stop` is idempotent. */
export interface Disturbance {
  stop(): void;
}

/** Too little for the first step of any climb: an arrival takes k6 some 2 ms. */
const STARVED_CORES = 0.05;

/** Begins to spoil the run that an instance makes now. */
export async function disturb(kind: DisturbanceKind, instance: number): Promise<Disturbance> {
  switch (kind) {
    case 'starved-generator':
      // The group goes with the run's site, and the limit with it.
      await limitGenerator(instance, STARVED_CORES);
      return { stop: () => {} };
    case 'busy-machine': {
      const loops = Array.from({ length: availableParallelism() }, () => startProcess('/bin/sh', ['-c', 'while :; do :; done']));
      return {
        stop() {
          for (const loop of loops) loop.signal('SIGKILL');
        },
      };
    }
  }
}

import { availableParallelism } from 'node:os';
import type { ProcessSpec } from '@loadstair/components';

/**
 * Busy loops of idle priority, one a core. They yield to everybody, and keep the virtual CPU from sleeping: without them the
 * CPU cost of a request depends on how idle the machine is (calibration.md, Q8 follow-up: spread of λ* 3.1 % instead of 5.8 %).
 * A loop ends by itself when the process that started it is gone.
 */
export function burnerSpecs(cwd: string): ProcessSpec[] {
  const parent = process.pid;
  // `kill -0` once in a million turns: its cost is not seen, and no burner outlives labd by more than a second or so.
  const loop = `while kill -0 ${parent} 2>/dev/null; do i=0; while [ $i -lt 1000000 ]; do i=$((i+1)); done; done`;
  return Array.from({ length: availableParallelism() }, (_, core) => ({
    command: 'taskset',
    args: ['-c', String(core), 'chrt', '-i', '0', '/bin/sh', '-c', loop],
    env: {},
    cwd,
  }));
}

import { inspect } from 'node:util';

/** To labd's own log, `.lab/log/labd-<instance>.log`, where the next command finds it. */
export function logError(error: unknown): void {
  process.stderr.write(`${new Date().toISOString()} ${inspect(error)}\n`);
}

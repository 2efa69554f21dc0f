import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { configFrom } from './config.ts';
import type { StartedLabd } from './labd.ts';
import { logError } from './log-error.ts';

const config = configFrom(process.argv.slice(2));
// Before the modules it keeps are loaded: without it, half of a start is compiling what has not changed.
enableCompileCache(join(config.labFolder, 'cache', 'compiled'));
/** A stop that takes longer hangs; the next ./lab down ends what is left. */
const STOP_WITHIN_MS = 30_000;
let labd: StartedLabd | null = null;
let ends: Promise<void> | null = null;

function end(status: number): void {
  ends ??= endWithin(status);
}

async function endWithin(status: number): Promise<void> {
  try {
    // An unreferenced timer would let the process end before its stop is known.
    await Promise.race([labd?.stop(), delay(STOP_WITHIN_MS).then(() => Promise.reject(new Error('The stop took too long.')))]);
    process.exit(status);
  } catch (error) {
    logError(error);
    process.exit(1);
  }
}

// An error nobody expected ends labd, and everything labd started with it: hosts and k6 are detached and would go on.
function crash(error: unknown): void {
  logError(error);
  end(1);
}

process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
process.on('SIGTERM', () => end(0));
process.on('SIGINT', () => end(0));
// The terminal that started labd may close; the command that runs in it asks labd to end.
process.on('SIGHUP', () => {});
const { startLabd } = await import('./labd.ts');
labd = await startLabd(config, () => end(0));

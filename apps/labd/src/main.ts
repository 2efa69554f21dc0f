import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { logError } from '@loadstair/lab/log-error';
import { configFrom } from './config.ts';
import type { StartedLabd } from './labd.ts';
import { lifeOf } from './life.ts';

const config = configFrom(process.argv.slice(2));
// Before the modules it keeps are loaded: without it, half of a start is compiling what has not changed.
enableCompileCache(join(config.labFolder, 'cache', 'compiled'));
let labd: StartedLabd | null = null;
const life = lifeOf({
  stop: async () => labd?.stop(),
  exit: (status) => process.exit(status),
  report: logError,
});

// An error nobody expected ends labd, and everything labd started with it: hosts and k6 are detached and would go on.
process.on('uncaughtException', life.crash);
process.on('unhandledRejection', life.crash);
process.on('SIGTERM', () => life.end(0));
process.on('SIGINT', () => life.end(0));
// The terminal that started labd may close; the command that runs in it asks labd to end.
process.on('SIGHUP', () => {});
// Whoever shows recorded runs waits for the address, and has ended when the channel closes.
process.on('disconnect', () => life.end(0));
const end = (): void => life.end(0);
if (config.recordedSpeed === null) {
  const { startLabd } = await import('./labd.ts');
  labd = await startLabd(config, end);
} else {
  const { announced, startRecordedLabd } = await import('./recorded/recorded-labd.ts');
  labd = await announced(startRecordedLabd(config, config.recordedSpeed, end));
}

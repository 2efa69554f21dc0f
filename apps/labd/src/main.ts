import { join } from 'node:path';
import { configFrom } from './config.ts';
import { createBenches } from './bench/benches.ts';
import { createConfirmations } from './confirm/confirmations.ts';
import { createLab } from './lab.ts';
import { createReadings } from './reading/readings.ts';
import { startServer } from './server.ts';
import { newToken, removeState, writeState } from './state-file.ts';

const config = configFrom(process.argv.slice(2));
const token = newToken();
const lab = createLab(config);
let ending: Promise<void> | null = null;

const server = await startServer({
  lab,
  benches: createBenches(config, lab),
  confirmations: createConfirmations(config.labFolder, lab),
  readings: createReadings(config, lab),
  consoleFolder: join(config.repoFolder, 'apps', 'console', 'dist', 'web'),
  labFolder: config.labFolder,
  port: config.port,
  token,
  onShutdown: () => void end(),
});
writeState(config.stateFile, { pid: process.pid, url: server.url, token, startedAt: new Date().toISOString() });

function end(): Promise<void> {
  ending ??= (async () => {
    await lab.stop().finally(() => {
      removeState(config.stateFile);
      return server.stop();
    });
    process.exit(0);
  })();
  return ending;
}

process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
// The terminal that started labd may close; the lab ends only when it is asked to.
process.on('SIGHUP', () => {});

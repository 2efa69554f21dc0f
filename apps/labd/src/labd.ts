import { join } from 'node:path';
import { createBenches, createConfirmations, createLab, createReadings } from '@loadstair/lab';
import type { LabdConfig } from './config.ts';
import { startServer } from './server.ts';
import { newToken, removeState, writeState } from './state-file.ts';

export interface StartedLabd {
  /** Ends the site, if one is up, and the API. Rejects when something is left; the state file then stays, and it may be called again. */
  stop(): Promise<void>;
}

/**
 * One lab behind its API, with a file that says where and with which token.
 *
 * @param onShutdown called when somebody asks through the API that labd ends, or when it has been idle for as long as it may
 */
export async function startLabd(config: LabdConfig, onShutdown: () => void): Promise<StartedLabd> {
  const token = newToken();
  const lab = createLab(config);
  const server = await startServer({
    lab,
    benches: createBenches(config, lab),
    confirmations: createConfirmations(config.labFolder, lab),
    readings: createReadings(config, lab),
    consoleFolder: join(config.repoFolder, 'apps', 'console', 'dist', 'web'),
    labFolder: config.labFolder,
    port: config.port,
    doors: config.doors,
    token,
    onShutdown,
  });
  writeState(config.stateFile, {
    pid: process.pid,
    url: server.url,
    pages: config.doors.consoleUrl ?? server.url,
    token,
    startedAt: new Date().toISOString(),
    sources: config.sources,
  });
  let stopped: Promise<void> | null = null;
  return {
    stop() {
      stopped ??= lab.stop().then(
        () => {
          removeState(config.stateFile);
          return server.stop();
        },
        (error: unknown) => {
          stopped = null;
          throw error;
        },
      );
      return stopped;
    },
  };
}

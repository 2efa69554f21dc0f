import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { FROM_SITE_ITSELF, type SitePlan } from '@loadstair/site-plan';
import { retry } from './retry.ts';

export interface StartedSiteProcess {
  readonly url: string;
  readonly metricsUrl: string;
  readonly pid: number;
  /** Lines the process wrote, oldest first. */
  readonly lines: readonly string[];
  /** Asks it to end in good order; resolves with the exit status, null when it had to be killed. Idempotent. */
  stop(): Promise<number | null>;
}

/** The plan of a site whose one database does everything. */
function planOf(databaseUrl: string): string {
  const plan: SitePlan = {
    place: 'here',
    databases: [{ name: 'main', primary: { name: 'db-1', url: databaseUrl }, replicas: null }],
    consistency: 'none',
    caches: null,
    sessions: [],
    queue: [],
    files: FROM_SITE_ITSELF,
  };
  return JSON.stringify(plan);
}

const REPOSITORY = join(import.meta.dirname, '../../../..');
const STOP_MS = 15_000;

/** The site as the lab starts it: `apps/site/src/main.ts` in a process of its own. */
export async function startSiteProcess(
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
  address = '127.99.0.2',
): Promise<StartedSiteProcess> {
  const url = `http://${address}:8080`;
  const metricsUrl = `http://${address}:9464/metrics`;
  const child = spawn(process.execPath, ['--conditions=@loadstair/source', join(REPOSITORY, 'apps/site/src/main.ts')], {
    env: {
      PATH: process.env['PATH'] ?? '',
      SITE_LISTEN: `${address}:8080`,
      PROGRAM_METRICS_LISTEN: `${address}:9464`,
      PROGRAM_PLAN: planOf(databaseUrl),
      PROGRAM_HOST: 'web-1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const ended = once(child, 'exit');
  let stopped: Promise<number | null> | null = null;
  const stop = (): Promise<number | null> => {
    stopped ??= (async () => {
      if (child.exitCode === null) child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(killer);
      return child.exitCode;
    })();
    return stopped;
  };
  try {
    await retry(20_000, async () => {
      if (child.exitCode !== null) throw new Error(`The site ended with status ${child.exitCode}: ${lines.slice(-5).join(' ')}`);
      const answer = await fetch(`${url}/readyz`);
      if (answer.status !== 200) throw new Error(`/readyz answered ${answer.status}`);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, metricsUrl, pid: child.pid as number, lines, stop };
}

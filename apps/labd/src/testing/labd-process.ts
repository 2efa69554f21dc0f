import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { untilReady } from '@loadstair/components';

export const REPOSITORY = resolve(import.meta.dirname, '../../../..');

export interface StartedLabd {
  readonly url: string;
  readonly token: string;
  /** A request with the right token. */
  send(method: string, path: string, body?: unknown): Promise<Response>;
  /** Asks it to end in good order; resolves with the exit status. Idempotent. */
  stop(): Promise<number | null>;
}

const START_MS = 15_000;

/** labd as `./lab` starts it. */
export async function startLabd(instance: number): Promise<StartedLabd> {
  const stateFile = join(REPOSITORY, '.lab', 'instances', String(instance), 'labd.json');
  const child = spawn(
    process.execPath,
    [
      '--conditions=@loadstair/source',
      '--disable-warning=ExperimentalWarning',
      join(REPOSITORY, 'apps/labd/src/main.ts'),
      '--instance',
      String(instance),
    ],
    { cwd: REPOSITORY, stdio: ['ignore', 'inherit', 'inherit'], env: { PATH: process.env['PATH'] ?? '' } },
  );
  const ended = once(child, 'exit');
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
    return child.exitCode;
  };
  const readState = (): { pid: number; url: string; token: string } | null =>
    existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, 'utf8')) as { pid: number; url: string; token: string }) : null;
  try {
    await untilReady(
      async () => {
        if (child.exitCode !== null) throw new Error(`labd ended with status ${child.exitCode}`);
        return readState()?.pid === child.pid ? null : 'no state file of its own';
      },
      { host: 'lab', component: 'labd' },
      { timeoutMs: START_MS, signal: AbortSignal.timeout(2 * START_MS) },
    );
  } catch (error) {
    await stop();
    throw error;
  }
  const { url, token } = readState() as { url: string; token: string };
  return {
    url,
    token,
    send: (method, path, body) =>
      fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      }),
    stop,
  };
}

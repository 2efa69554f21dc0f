import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';

/** A `./lab` of a process group of its own, so that Ctrl-C in the terminal does not reach it. */
export interface LabCommand {
  /** Null when it has ended. */
  pid(): number | null;
  /** All it has written so far. */
  output(): string;
  /** Exit status; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  signal(name: 'SIGINT' | 'SIGKILL'): void;
}

export function startCommand(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): LabCommand {
  const child = spawn(join(REPO_FOLDER, 'lab'), args, {
    cwd: REPO_FOLDER,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment },
  });
  let output = '';
  const keep = (chunk: Buffer): void => void (output += chunk.toString('utf8'));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return {
    pid: () => (child.exitCode === null && child.signalCode === null ? (child.pid ?? null) : null),
    output: () => output,
    ended: new Promise((done, fail) => {
      child.once('error', fail);
      // A program that outlives the command may hold its pipes: `close` would come with the end of that.
      child.once('exit', (status) => done(status));
    }),
    signal: (name) => void child.kill(name),
  };
}

/** Whether a promise settles within a time, or before the signal. */
export async function settlesWithin(promise: Promise<unknown>, ms: number, signal?: AbortSignal): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  let stop = (): void => {};
  const over = new Promise<false>((done) => {
    stop = () => done(false);
    timer = setTimeout(stop, ms);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted === true) stop();
  });
  try {
    return await Promise.race([
      promise.then(
        () => true,
        () => true,
      ),
      over,
    ]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

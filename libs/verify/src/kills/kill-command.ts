import { join } from 'node:path';
import { startProcess } from '@loadstair/kit/node';
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
  const child = startProcess(join(REPO_FOLDER, 'lab'), args, { cwd: REPO_FOLDER, detached: true, output: 'pipe', env: environment });
  let output = '';
  const keep = (chunk: Buffer): void => void (output += chunk.toString('utf8'));
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', keep);
  return {
    pid: () => (child.running ? child.pid : null),
    output: () => output,
    ended: child.ended.then(({ code, failed }) => {
      if (failed !== null) throw failed;
      return code;
    }),
    signal: (name) => child.signal(name),
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

import { fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, type ProblemLines } from '@loadstair/kit';
import { LAB_FOLDER, REPO_FOLDER } from '@loadstair/lab-api/folders';

/** A labd that shows recorded runs. It ends with the process that started it, however that ends. */
export interface RecordedLabd {
  readonly url: string;
  /** Origin of the console in a browser. */
  readonly pages: string;
  readonly key: string;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  /** Asks it to end; resolves when it has. */
  stop(): Promise<void>;
}

/**
 * Starts one. Unlike a labd that measures it is found by nobody else: the two talk over a channel that Node gives a child process on every
 * system, and no file says where it is.
 *
 * @param speed how many times faster than it was measured a run is played
 * @throws Problem
 */
export async function startRecordedLabd(instance: number, speed: number): Promise<RecordedLabd> {
  const log = join(LAB_FOLDER, 'log', `recorded-${instance}.log`);
  mkdirSync(join(LAB_FOLDER, 'log'), { recursive: true });
  const descriptor = openSync(log, 'w');
  const child = fork(join(REPO_FOLDER, 'apps', 'labd', 'src', 'main.ts'), ['--instance', String(instance), '--recorded', String(speed)], {
    cwd: REPO_FOLDER,
    execArgv: ['--conditions=@loadstair/source', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', descriptor, descriptor, 'ipc'],
  });
  closeSync(descriptor);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const first = new Promise<unknown>((resolve) => child.once('message', resolve));
  const told = readAddress(await Promise.race([first, ended]));
  if (told.kind === 'started')
    return {
      ...told,
      ended,
      stop() {
        if (child.connected) child.disconnect();
        return ended;
      },
    };
  await ended;
  throw new Problem(
    told.problem ?? {
      what: 'The recorded console did not start.',
      why: 'its process ended',
      do: `see ${log}`,
      code: 'E_LABD',
      exit: 1,
    },
  );
}

type Told =
  | { readonly kind: 'started'; readonly url: string; readonly pages: string; readonly key: string }
  | { readonly kind: 'failed'; readonly problem: ProblemLines | null };

function readAddress(message: unknown): Told {
  const { url, pages, key, problem } = (message ?? {}) as { url?: unknown; pages?: unknown; key?: unknown; problem?: ProblemLines };
  if (typeof url === 'string' && typeof pages === 'string' && typeof key === 'string') return { kind: 'started', url, pages, key };
  return { kind: 'failed', problem: problem ?? null };
}

import { closeSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { startProcess } from '@loadstair/kit/node';

export interface RunOptions {
  /** Output is appended to it. */
  readonly log: string;
  readonly cwd?: string;
  readonly environment: NodeJS.ProcessEnv;
  /** When it aborts, the program gets `stopWith`, and its end is waited for. */
  readonly signal: AbortSignal;
  /** SIGINT goes to the program alone: apt then ends when dpkg has done its step. SIGTERM goes to all that it started. */
  readonly stopWith: 'SIGINT' | 'SIGTERM';
}

/** How a program ended: `why` is one sentence with its last words. */
export type Ended = { readonly ok: true } | { readonly ok: false; readonly why: string };

const LAST_BYTES = 4096;
const LAST_LINES = 2;

/**
 * Runs a program in a process group apart, so that a Ctrl-C at the terminal reaches us alone and we decide what ends.
 * Throws the signal's reason when it was aborted, after the program has ended.
 */
export async function runLogged(
  [command = '', ...args]: readonly string[],
  { log, cwd, environment, signal, stopWith }: RunOptions,
): Promise<Ended> {
  signal.throwIfAborted();
  mkdirSync(dirname(log), { recursive: true });
  const descriptor = openSync(log, 'a');
  const from = statSync(log).size;
  const child = startProcess(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: environment,
    output: descriptor,
    detached: true,
  });
  closeSync(descriptor);
  const stop = (): void => child.signal(stopWith, stopWith === 'SIGINT' ? 'process' : 'group');
  signal.addEventListener('abort', stop);
  try {
    const { code, signal: by, failed } = await child.ended;
    signal.throwIfAborted();
    if (failed !== null) return { ok: false, why: `${command} could not be started: ${failed.message}` };
    return code === 0 ? { ok: true } : { ok: false, why: whyOf(command, code, by, log, from) };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function whyOf(command: string, code: number | null, by: string | null, log: string, from: number): string {
  const last = lastWords(log, from);
  if (/no space left on device|have enough free space/i.test(last)) return `the disk is full: ${last}`;
  return `${command} exited ${by === null ? `with code ${code}` : `because of ${by}`}${last === '' ? '' : `: ${last}`}`;
}

/** The last lines that this run wrote, on one line. */
function lastWords(log: string, from: number): string {
  const size = statSync(log).size;
  const start = Math.max(from, size - LAST_BYTES);
  const bytes = Buffer.alloc(size - start);
  const descriptor = openSync(log, 'r');
  readSync(descriptor, bytes, 0, bytes.length, start);
  closeSync(descriptor);
  return bytes.toString('utf8').trim().split('\n').slice(-LAST_LINES).join(' | ');
}

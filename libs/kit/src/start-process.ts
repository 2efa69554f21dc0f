import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';

export interface ProcessOptions {
  readonly cwd?: string;
  /** All of its environment; ours when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where its output goes: nowhere, where ours goes, to `stdout` and `stderr` here, or into an open file. */
  readonly output?: 'ignore' | 'inherit' | 'pipe' | number;
  /** It has a process group of its own: Ctrl-C in a terminal reaches us alone, and we decide what ends. */
  readonly detached?: boolean;
  /** We may end before it does, and do not wait for it to end. */
  readonly outlivesUs?: boolean;
}

/** How a process ended. */
export interface ProcessEnd {
  /** Null when a signal ended it, or when it could not be started. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started; null when it was. */
  readonly failed: Error | null;
}

export interface StartedProcess {
  /** Null when it could not be started. */
  readonly pid: number | null;
  readonly running: boolean;
  /** Null while it runs. */
  readonly end: ProcessEnd | null;
  /** Resolves when it has ended, however; never rejects. A program that it started may hold its output open for longer. */
  readonly ended: Promise<ProcessEnd>;
  /** The same, after the last of its output. */
  readonly closed: Promise<ProcessEnd>;
  /** Null unless its output is piped. */
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  /** Sends a signal to the process, or to all of its group (see `detached`); does nothing when it has ended or is not ours to signal. */
  signal(name: NodeJS.Signals, to?: 'process' | 'group'): void;
  /**
   * Asks it to end with a signal, and kills it when it has not ended in time; resolves when it has ended. Idempotent.
   *
   * @param graceMs Infinity never kills
   */
  stop(signal?: NodeJS.Signals, graceMs?: number): Promise<ProcessEnd>;
}

const GRACE_MS = 5_000;

/** Starts a program with no input. A program that cannot be started has ended, with what failed; nothing is thrown. */
export function startProcess(command: string, args: readonly string[], options: ProcessOptions = {}): StartedProcess {
  const { cwd, env, output = 'ignore', detached = false, outlivesUs = false } = options;
  const child: ChildProcess = spawn(command, [...args], {
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env: { ...env } }),
    stdio: ['ignore', output, output],
    detached: detached || outlivesUs,
  });
  if (outlivesUs) child.unref();
  let end: ProcessEnd | null = null;
  const settle = (found: ProcessEnd): ProcessEnd => (end ??= found);
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve(settle({ code, signal, failed: null })));
    child.once('error', (failed) => resolve(settle({ code: null, signal: null, failed })));
  });
  const closed = new Promise<ProcessEnd>((resolve) => {
    child.once('close', (code, signal) => resolve(settle({ code, signal, failed: null })));
    child.once('error', (failed) => resolve(settle({ code: null, signal: null, failed })));
  });
  // A process that has ended keeps its pid until Node has seen that it has, so that no other process gets the signal.
  const running = (): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const send = (name: NodeJS.Signals, to: 'process' | 'group' = 'process'): void => {
    if (!running()) return;
    const pid = child.pid as number;
    try {
      process.kill(to === 'group' ? -pid : pid, name);
    } catch {
      // It has just ended, or sudo made it somebody else's: its end is waited for all the same.
    }
  };
  return {
    pid: child.pid ?? null,
    get running() {
      return running();
    },
    get end() {
      return end;
    },
    ended,
    closed,
    stdout: child.stdout,
    stderr: child.stderr,
    signal: send,
    async stop(name = 'SIGTERM', graceMs = GRACE_MS) {
      send(name);
      if (graceMs === Infinity) return ended;
      const killer = setTimeout(() => send('SIGKILL'), graceMs);
      try {
        return await ended;
      } finally {
        clearTimeout(killer);
      }
    },
  };
}

/** Whether a process of anybody has this pid. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

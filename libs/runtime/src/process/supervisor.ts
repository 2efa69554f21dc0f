import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ProcessSpec } from '@loadstair/components';

/** One process of a host, inside its control groups. */
export interface SupervisedProcess {
  readonly pid: number;
  readonly running: boolean;
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;
  /** Asks, waits, then kills; idempotent. */
  stop(signal: NodeJS.Signals, graceMs: number): Promise<void>;
}

/**
 * Starts a process that is in its groups before its first instruction: a shell writes itself into them, drops the user,
 * and becomes the program.
 *
 * @param joinFiles `cgroup.procs` files
 * @param onDeath called when it ends although nobody asked
 */
export function startInGroups(
  spec: ProcessSpec,
  joinFiles: readonly string[],
  log: HostLog,
  component: string,
  onDeath: (detail: string) => void,
): SupervisedProcess {
  const join = joinFiles.map((file) => `echo $$ > '${file}'`).join(' && ');
  const drop = spec.user === null ? [] : ['setpriv', `--reuid=${spec.user}`, `--regid=${spec.user}`, '--clear-groups'];
  const child: ChildProcess = spawn(
    '/bin/sh',
    ['-c', `${join === '' ? ':' : join} && exec "$@"`, 'sh', ...drop, spec.command, ...spec.args],
    {
      cwd: spec.cwd,
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', ...spec.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C in a terminal reaches the lab, which then stops hosts in order.
      detached: true,
    },
  );
  let asked = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!asked) onDeath(`${component} ended by itself: ${signal ?? `code ${code}`}`);
      resolve();
    });
    child.once('error', (error) => {
      if (!asked) onDeath(`${component} could not be started: ${error.message}`);
      resolve();
    });
  });
  log.follow(component, child.stdout as Readable);
  log.follow(component, child.stderr as Readable);
  const isRunning = (): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid ?? -1,
    get running() {
      return isRunning();
    },
    ended,
    async stop(signal, graceMs) {
      asked = true;
      if (!isRunning()) return ended;
      child.kill(signal);
      const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(killer);
    },
  };
}

/** One file a host; JSON lines. Lines that are not JSON are wrapped, so that one reader reads all. */
export interface HostLog {
  readonly file: string;
  follow(component: string, stream: Readable): void;
  write(component: string, message: string): void;
  close(): Promise<void>;
}

export function openHostLog(file: string, host: string): HostLog {
  const out: WriteStream = createWriteStream(file, { flags: 'a' });
  const write = (component: string, message: string): void => {
    if (!out.writableEnded) out.write(`${JSON.stringify({ time: Date.now(), host, component, msg: message })}\n`);
  };
  return {
    file,
    write,
    follow(component, stream) {
      createInterface({ input: stream }).on('line', (line) => {
        if (line.startsWith('{') && !out.writableEnded) out.write(`${line}\n`);
        else write(component, line);
      });
    },
    async close() {
      if (out.writableEnded) return;
      out.end();
      await once(out, 'finish');
    },
  };
}

import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ProcessSpec } from '@loadstair/components';
import { startProcess } from '@loadstair/kit/node';
import { confined, quoted, type Confinement } from './confine.ts';

/** Nothing of who started the lab: no secret, no proxy, no setting of a program of the same name. */
export const CLEAN_ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' };

/** One process of a host, inside its control groups. */
export interface SupervisedProcess {
  readonly pid: number;
  readonly running: boolean;
  /** Null while it runs, or when a signal ended it. */
  readonly exitCode: number | null;
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;
  /** Asks, waits, then kills; idempotent. */
  stop(signal: NodeJS.Signals, graceMs: number): Promise<void>;
}

/** How the programs of a host or of the lab start. */
export interface Surroundings extends Confinement {
  /** `cgroup.procs` files of the group. */
  readonly joinFiles: readonly string[];
}

/**
 * Starts a process that is in its groups before its first instruction: a shell writes itself into them, gives up its rights, and becomes
 * the program. It may open as many files as the machine allows a process here.
 *
 * @param onDeath called when it ends although nobody asked
 */
export function startInGroups(
  spec: ProcessSpec,
  { joinFiles, ...confinement }: Surroundings,
  log: HostLog,
  component: string,
  onDeath: (detail: string, signal: NodeJS.Signals | null) => void,
): SupervisedProcess {
  const [command, args] = confined(confinement, spec.command, spec.args);
  const script = [...joinFiles.map((file) => `echo $$ > ${quoted(file)}`), 'ulimit -Sn "$(ulimit -Hn)"', 'exec "$@"'].join(' && ');
  const child = startProcess('/bin/sh', ['-c', script, 'sh', command, ...args], {
    cwd: spec.cwd,
    env: { ...CLEAN_ENVIRONMENT, ...spec.env },
    output: 'pipe',
    detached: true,
  });
  let asked = false;
  const ended = child.ended.then(({ code, signal, failed }) => {
    if (asked) return;
    if (failed === null) onDeath(`${component} ended by itself: ${signal ?? `code ${code}`}`, signal);
    else onDeath(`${component} could not be started: ${failed.message}`, null);
  });
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) log.follow(component, stream);
  return {
    pid: child.pid ?? -1,
    get running() {
      return child.running;
    },
    get exitCode() {
      return child.end?.code ?? null;
    },
    ended,
    async stop(signal, graceMs) {
      asked = true;
      await child.stop(signal, graceMs);
    },
  };
}

/** One file a host; JSON lines. Lines that are not JSON are wrapped, so that one reader reads all. */
export interface HostLog {
  readonly file: string;
  /** Lines that could not be written. */
  readonly lost: number;
  follow(component: string, stream: Readable): void;
  write(component: string, message: string): void;
  close(): Promise<void>;
}

/**
 * Lines that the disk refuses are lost, and counted: they must not end the lab, which has hosts to stop. The last line says how many, if
 * there is room again.
 */
export function openHostLog(file: string, host: string): HostLog {
  const out: WriteStream = createWriteStream(file, { flags: 'a' });
  let lost = 0;
  out.on('error', () => (lost += 1));
  const put = (line: string): void => {
    if (out.destroyed) lost += 1;
    else if (!out.writableEnded) out.write(`${line}\n`);
  };
  const write = (component: string, message: string): void => put(JSON.stringify({ time: Date.now(), host, component, msg: message }));
  return {
    file,
    get lost() {
      return lost;
    },
    write,
    follow(component, stream) {
      createInterface({ input: stream }).on('line', (line) => {
        if (line.startsWith('{')) put(line);
        else write(component, line);
      });
    },
    async close() {
      if (out.writableEnded || out.destroyed) return;
      out.end();
      await finished(out).catch(() => {
        // Counted by the listener above.
      });
    },
  };
}

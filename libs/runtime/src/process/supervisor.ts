import type { ProcessSpec } from '@loadstair/components';
import type { LogFormat } from '@loadstair/components/declarations';
import { startProcess } from '@loadstair/kit/node';
import { confined, quoted, type Confinement } from './confine.ts';
import type { HostLog } from './host-log.ts';

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
 * @param format of what it writes, where that is not JSON
 */
export function startInGroups(
  spec: ProcessSpec,
  { joinFiles, ...confinement }: Surroundings,
  log: HostLog,
  component: string,
  onDeath: (detail: string, signal: NodeJS.Signals | null) => void,
  format?: LogFormat,
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
    if (failed === null) onDeath(`${component} exited unexpectedly: ${signal ?? `code ${code}`}`, signal);
    else onDeath(`${component} could not be started: ${failed.message}`, null);
  });
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) log.follow(component, stream, format);
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

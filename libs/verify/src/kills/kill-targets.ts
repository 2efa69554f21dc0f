import { readFileSync } from 'node:fs';
import { labdPid, pidsInGroup } from '../leftovers.ts';
import type { KillPlan, KillTarget } from './kill-plan.ts';

/** What a round killed; `target` is null when none of those drawn was there. */
export interface Killed {
  readonly target: KillTarget | null;
  readonly program: string | null;
  readonly absent: readonly KillTarget[];
}

/**
 * Sends SIGKILL to one process of the first target that is there.
 *
 * @param commandPid the command line; null when it has ended
 */
export function killFirst({ targets, pick }: Pick<KillPlan, 'targets' | 'pick'>, instance: number, commandPid: number | null): Killed {
  const absent: KillTarget[] = [];
  for (const target of targets) {
    const pids = pidsOf(target, instance, commandPid);
    const pid = pids[Math.floor(pick * pids.length)];
    // A process may end between the look and the signal: then it was not there.
    const program = pid === undefined ? null : programOf(pid);
    if (pid !== undefined && kill(pid)) return { target, program, absent };
    absent.push(target);
  }
  return { target: null, program: null, absent };
}

/** False when the process has ended already. */
export function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

function pidsOf(target: KillTarget, instance: number, commandPid: number | null): readonly number[] {
  switch (target) {
    case 'labd':
      return [labdPid(instance)].filter((pid) => pid !== null);
    case 'k6':
      return pidsInGroup(instance, 'lab/clients');
    case 'prometheus':
      return pidsInGroup(instance, 'lab/prometheus');
    case 'host':
      return pidsInGroup(instance, 'hosts').sort((a, b) => a - b);
    case 'command':
      return commandPid === null ? [] : [commandPid];
  }
}

function programOf(pid: number): string | null {
  try {
    const group = /\/hosts\/([^/\n]+)/.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8'))?.[1];
    const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    return group === undefined ? name : `${name} of ${group}`;
  } catch {
    return null;
  }
}

import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '@loadstair/kit';
import { readTextOr } from '@loadstair/kit/node';

/** Control groups of one machine behind one face; v1 and v2 differ only in the files they use. */
export interface Cgroups {
  readonly version: 'v1' | 'v2';
  /** Makes a group and those above it. Names are relative: `loadstair-1/hosts/web-1/site`. */
  create(group: string): void;
  /** Files that take a pid; a process that writes its own into all of them is in the group. */
  joinFiles(group: string): string[];
  /** CPU budget in cores, with a burst of one period's quota; null lifts it. Works while processes run. */
  setCpu(group: string, cores: number | null): void;
  setMemory(group: string, bytes: number): void;
  /**
   * Bytes a second the processes of this very group may write to a disk (`major:minor`); null lifts it. Holds for what a
   * process writes itself or waits for in fsync; pages the kernel writes back later are not counted in v1.
   */
  setDiskWrites(group: string, disk: string, bytesPerS: number | null): void;
  /** The group runs only when nobody else wants the CPU. */
  setIdle(group: string): void;
  read(group: string): GroupReading;
  /** CPU seconds alone: one file instead of ten, for groups of which nothing else is wanted. */
  cpuSeconds(group: string): number;
  /** Processes of the group and all below it that the kernel has ended for want of memory. */
  oomKills(group: string): number;
  /** Processes in the group and all below it. */
  processes(group: string): number[];
  /** Child groups, names only. */
  children(group: string): string[];
  exists(group: string): boolean;
  /** Where a group stands in the one tree by which sockets know their group, from its root; null where there is no such tree. */
  unifiedPath(group: string): string | null;
  /** Ends every process in the group and removes it with all below. Resolves when nothing is left. */
  destroy(group: string): Promise<void>;
}

/** Cumulative since the group was made; null where this kernel does not tell. */
export interface GroupReading {
  /** The limits as the kernel has them now, whoever set them; null where there is none. */
  readonly quotaCores: number | null;
  readonly memoryLimitBytes: number | null;
  readonly cpuSeconds: number;
  readonly periods: number;
  readonly throttledPeriods: number;
  readonly throttledSeconds: number;
  readonly memoryBytes: number;
  readonly memoryFailures: number;
  readonly ioReadBytes: number;
  readonly ioWriteBytes: number;
  readonly psiCpuSomeSeconds: number | null;
  readonly psiIoFullSeconds: number | null;
  readonly psiMemoryFullSeconds: number | null;
}

/** 100 ms: shorter periods stall small hosts more (calibration.md, Q1). */
export const PERIOD_US = 100_000;
const DESTROY_WITHIN_MS = 5_000;

/** The limits a machine does not let us set. */
export class BudgetsImpossible extends Problem {
  constructor(why: string, mend = 'run as root, or in a container: docker compose up; --unbudgeted gives no verdict') {
    super({
      what: 'Only recorded runs work here (./lab console --recorded): the CPU of hosts cannot be limited.',
      why,
      do: mend,
      code: 'E_NO_BUDGETS',
      exit: 6,
    });
  }
}

/** Above it a limit of memory is none: v1 writes "no limit" as the greatest number of pages there is. */
const NO_LIMIT_BYTES = 2 ** 60;

/** @returns the quota in cores; null for none (v1: below 0, v2: `max`), and for a group whose files are gone */
export function quotaOf(quotaUs: string, periodUs: string): number | null {
  const cores = Number(quotaUs) / Number(periodUs);
  return Number.isFinite(cores) && cores > 0 ? cores : null;
}

export function memoryLimitOf(bytes: string): number | null {
  const limit = bytes.trim() === '' ? NaN : Number(bytes);
  return limit < NO_LIMIT_BYTES ? limit : null;
}

export function readText(file: string): string {
  return readFileSync(file, 'utf8');
}

export function writeText(file: string, text: string | number): void {
  writeFileSync(file, String(text));
}

/** The number after a word in a `key value` file; 0 when the word is not there. */
export function field(text: string, name: string): number {
  const match = new RegExp(`(?:^|\\n)${name} (\\d+)`).exec(text);
  return match === null ? 0 : Number(match[1]);
}

/** Cumulative stall in seconds from a PSI file (`some … total=<µs>`); null when there is none. */
export function pressureSeconds(text: string, line: 'some' | 'full'): number | null {
  const match = new RegExp(`^${line} .*total=(\\d+)`, 'm').exec(text);
  return match === null ? null : Number(match[1]) / 1e6;
}

export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true });
}

export function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** Pids in `cgroup.procs` of a folder and all below it. */
export function processesBelow(path: string): number[] {
  const own = readTextOr(join(path, 'cgroup.procs'), '').split('\n').filter(Boolean).map(Number);
  return [...own, ...foldersIn(path).flatMap((child) => processesBelow(join(path, child)))];
}

/** Kills until the groups are empty, then removes them, deepest first. */
export async function destroyFolders(paths: readonly string[]): Promise<void> {
  const begun = performance.now();
  for (;;) {
    const pids = new Set(paths.flatMap(processesBelow));
    // labd that could not leave its group: the group stays, and the next start removes it.
    if (pids.delete(process.pid) && pids.size === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended between the listing and the signal.
      }
    }
    if (pids.size === 0 && paths.every(removeFolder)) return;
    if (performance.now() - begun > DESTROY_WITHIN_MS) {
      throw new Error(
        `Control group ${paths.find((path) => existsSync(path))} could not be removed; processes ${[...pids].join(', ') || 'none'}.`,
      );
    }
    await delay(20);
  }
}

function removeFolder(path: string): boolean {
  if (!existsSync(path)) return true;
  for (const child of foldersIn(path)) if (!removeFolder(join(path, child))) return false;
  try {
    rmdirSync(path);
    return true;
  } catch {
    // The kernel still lets go of ended processes; the caller tries again.
    return false;
  }
}

export function parentOf(group: string): string {
  const parent = dirname(group);
  return parent === '.' ? '' : parent;
}

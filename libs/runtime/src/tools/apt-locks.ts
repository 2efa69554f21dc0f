import { readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Files that apt and dpkg lock while they work. */
export const APT_LOCKS = [
  '/var/lib/dpkg/lock-frontend',
  '/var/lib/dpkg/lock',
  '/var/lib/apt/lists/lock',
  '/var/cache/apt/archives/lock',
] as const;

const AGAIN_MS = 500;

/** A program that holds a lock. */
export interface LockHolder {
  readonly pid: number;
  readonly program: string;
}

/** Who holds one of these files locked (fcntl or flock), as the kernel tells it; null when nobody does. */
export function lockHolder(files: readonly string[]): LockHolder | null {
  for (const file of files) {
    const inode = inodeOf(file);
    if (inode === null) continue;
    for (const line of readFileSync('/proc/locks', 'utf8').split('\n')) {
      // `1: POSIX  ADVISORY  WRITE 4121 fe:01:131074 0 EOF`; a waiter has `->` in its line.
      const [, pid, locked] = /^\d+: \w+\s+\w+\s+\w+ (\d+) \w+:\w+:(\d+) /.exec(line) ?? [];
      if (pid === undefined || locked !== inode || !hasOpen(pid, file)) continue;
      return { pid: Number(pid), program: nameOf(pid) };
    }
  }
  return null;
}

/**
 * Waits until nobody holds these files locked.
 *
 * @param onWait told once for each program that is waited for
 * @returns who still holds one when the time is over; null when they are free
 */
export async function untilUnlocked(
  files: readonly string[],
  withinMs: number,
  signal: AbortSignal,
  onWait: (holder: LockHolder) => void,
): Promise<LockHolder | null> {
  const until = performance.now() + withinMs;
  let waitedFor = 0;
  for (;;) {
    signal.throwIfAborted();
    const holder = lockHolder(files);
    if (holder === null || performance.now() > until) return holder;
    if (holder.pid !== waitedFor) onWait(holder);
    waitedFor = holder.pid;
    await sleep(AGAIN_MS, undefined, { signal });
  }
}

function inodeOf(file: string): string | null {
  try {
    return String(statSync(file).ino);
  } catch {
    return null;
  }
}

/** Inode numbers repeat across file systems, so the program must have this very file open. */
function hasOpen(pid: string, file: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((name) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${name}`) === file;
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}

function nameOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return 'a program';
  }
}

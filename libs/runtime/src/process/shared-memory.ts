import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { userIds } from './identity.ts';

const SHM_FOLDER = '/dev/shm';

/**
 * Removes memory that servers of an instance shared among their processes and that outlives one that was killed: files in /dev/shm and
 * System V segments that nobody is attached to. They belong to user ids that only this instance has.
 */
export function removeSharedMemory(instance: number): void {
  if (process.getuid?.() !== 0) return;
  const { first, last } = userIds(instance);
  const isOurs = (user: number): boolean => user >= first && user <= last;
  for (const name of readdirSync(SHM_FOLDER)) {
    const file = join(SHM_FOLDER, name);
    if (ownerOf(file, isOurs)) rmSync(file, { force: true });
  }
  for (const id of unattached(readFileSync('/proc/sysvipc/shm', 'utf8'), isOurs)) {
    try {
      execFileSync('ipcrm', ['--shmem-id', String(id)], { stdio: 'ignore' });
    } catch {
      // Somebody removed it meanwhile.
    }
  }
}

function ownerOf(file: string, isOurs: (user: number) => boolean): boolean {
  try {
    return isOurs(lstatSync(file).uid);
  } catch {
    return false;
  }
}

/** Ids of segments without a process, by the columns of /proc/sysvipc/shm (man 5 proc). */
export function unattached(table: string, isOurs: (user: number) => boolean): number[] {
  const [header = '', ...rows] = table.split('\n').filter(Boolean);
  const names = header.trim().split(/\s+/);
  return rows.flatMap((row) => {
    const cells = row.trim().split(/\s+/).map(Number);
    const cell = (name: string): number => cells[names.indexOf(name)] ?? -1;
    return isOurs(cell('uid')) && cell('nattch') === 0 ? [cell('shmid')] : [];
  });
}

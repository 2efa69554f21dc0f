import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Problem } from '@loadstair/kit';
import { readText } from './cgroups.ts';

/** The folder is on no disk whose writes a control group can slow down (overlay, tmpfs, btrfs). */
export class NoDiskDevice extends Problem {
  constructor(folder: string, device: string) {
    super({
      what: 'The disk of the hosts cannot be slowed down on this machine.',
      why: `${folder} is on device ${device}, which is not a disk.`,
      do: 'put the repository on a file system of its own disk (ext4, xfs), or leave the disk fault out',
      code: 'E_NO_DISK_DEVICE',
      exit: 6,
    });
  }
}

/**
 * `major:minor` of the whole disk that holds a folder: limits are set on disks, not on their partitions.
 *
 * @throws NoDiskDevice
 */
export function diskOf(folder: string, sys = '/sys/dev/block'): string {
  const { dev } = statSync(folder);
  // Linux packs 12 bits of major and 20 of minor this way (makedev(3)).
  const device = `${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`;
  const entry = join(sys, device);
  if (!existsSync(entry)) throw new NoDiskDevice(folder, device);
  const path = realpathSync(entry);
  if (!existsSync(join(path, 'partition'))) return device;
  const disk = dirname(path);
  if (basename(disk) === 'block') throw new NoDiskDevice(folder, device);
  return readText(join(disk, 'dev')).trim();
}

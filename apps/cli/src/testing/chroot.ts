import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';

/** A Debian without anything, in which packages can be installed and nothing of this machine is changed. */
export class Chroot {
  readonly folder: string;
  constructor(folder: string) {
    this.folder = folder;
  }

  /** Fetches the packages of a small Debian; some 40 s. */
  static make(folder: string): Chroot {
    if (!existsSync('/usr/sbin/debootstrap')) mustRun('apt-get', ['install', '-y', '--no-install-recommends', 'debootstrap']);
    mustRun('debootstrap', ['--variant=minbase', 'bookworm', folder]);
    for (const name of ['repo', 'node']) mkdirSync(join(folder, name));
    return new Chroot(folder);
  }

  copyTo(folder: string): Chroot {
    mustRun('cp', ['-a', '--reflink=auto', this.folder, folder]);
    return new Chroot(folder);
  }

  /**
   * Its mounts are in a namespace that ends with the last of its programs; the pid is that of the program.
   *
   * @param offline without any network
   */
  begin(command: readonly string[], { offline = false }: { readonly offline?: boolean } = {}): ChildProcess {
    const script =
      'mount --bind /proc "$1/proc" && mount --rbind /dev "$1/dev" && mount --bind "$2" "$1/repo" && mount --bind "$3" "$1/node" && root=$1 && shift 3 && exec chroot "$root" "$@"';
    const args = [
      ...(offline ? ['--net'] : []),
      '--mount',
      '--propagation',
      'private',
      'sh',
      '-c',
      script,
      'sh',
      this.folder,
      REPO_FOLDER,
      join(process.execPath, '..'),
      ...command,
    ];
    return spawn('unshare', args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C' },
    });
  }

  read(path: string): string | null {
    return existsSync(join(this.folder, path)) ? readFileSync(join(this.folder, path), 'utf8') : null;
  }

  /** Programs that run in it. */
  pids(): number[] {
    return readdirSync('/proc').flatMap((pid) => {
      try {
        return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/root`) === this.folder ? [Number(pid)] : [];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
  }

  /** Ends all of them, and those that they start meanwhile. */
  killAll(): void {
    for (let pids = this.pids(); pids.length > 0; pids = this.pids()) for (const pid of pids) end(pid);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

function mustRun(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${error?.message ?? stderr.slice(-500)}`);
}

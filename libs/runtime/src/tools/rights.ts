import { execFile } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { freemem, availableParallelism, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { detectCgroups } from '../budgets/detect.ts';

const execute = promisify(execFile);

/** One right or amount the lab needs of a machine, tried for real. */
export interface Right {
  readonly name: 'limits' | 'own DNS' | 'isolation' | 'burners' | 'cores' | 'memory' | 'disk';
  readonly state: 'ok' | 'warn' | 'missing';
  readonly found: string;
  readonly mend: string | null;
}

const NEEDED_MIB = 2048;
const NEEDED_DISK_MIB = 3072;

export async function rightsOf(labFolder: string, nft: string | undefined): Promise<Right[]> {
  const cores = availableParallelism();
  const freeMiB = Math.round(freemem() / 2 ** 20);
  const disk = statfsSync(labFolder);
  const diskMiB = Math.round((disk.bavail * disk.bsize) / 2 ** 20);
  return [
    await limits(),
    await tried('own DNS', 'unshare', ['--mount', '--propagation', 'private', 'true'], 'clients get the lab’s name server', 'run as root'),
    nft === undefined
      ? { name: 'isolation', state: 'warn', found: 'nft is missing: clients could reach private hosts', mend: 'apt-get install nftables' }
      : await tried('isolation', nft, ['list', 'tables'], 'clients are kept out of private hosts', 'run as root'),
    await tried('burners', 'chrt', ['-i', '0', 'true'], 'idle-priority loops steady the clock', 'apt-get install util-linux'),
    { name: 'cores', state: cores >= 2 ? 'ok' : 'warn', found: `${cores}`, mend: cores >= 2 ? null : 'use a machine with 2 cores or more' },
    {
      name: 'memory',
      state: freeMiB >= NEEDED_MIB ? 'ok' : 'warn',
      found: `${freeMiB} of ${Math.round(totalmem() / 2 ** 20)} MiB free`,
      mend: freeMiB >= NEEDED_MIB ? null : `stage 3 needs ${NEEDED_MIB} MiB`,
    },
    {
      name: 'disk',
      state: diskMiB >= NEEDED_DISK_MIB ? 'ok' : 'warn',
      found: `${diskMiB} MiB free`,
      mend: diskMiB >= NEEDED_DISK_MIB ? null : `${NEEDED_DISK_MIB} MiB are needed`,
    },
  ];
}

async function limits(): Promise<Right> {
  try {
    const { version } = await detectCgroups();
    return { name: 'limits', state: 'ok', found: `cgroup ${version}: CPU and memory can be set`, mend: null };
  } catch (error) {
    return { name: 'limits', state: 'missing', found: (error as Error).message, mend: 'run as root' };
  }
}

async function tried(name: Right['name'], command: string, args: readonly string[], found: string, mend: string): Promise<Right> {
  try {
    await execute(command, [...args]);
    return { name, state: 'ok', found, mend: null };
  } catch (error) {
    return { name, state: 'warn', found: (error as Error).message.split('\n')[0] ?? 'failed', mend };
  }
}

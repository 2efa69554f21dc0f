import { execFile } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { freemem, availableParallelism, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { detectCgroups } from '../budgets/detect.ts';
import { diskUseWords } from './disk-use.ts';
import { distributionOf, installCommand } from './distribution.ts';
import { findGo, goWords, mendGo } from './go.ts';
import { MACHINE_FILES, openFiles, proxy, userIds } from './machine-rights.ts';
import type { Right } from './right.ts';

const execute = promisify(execFile);

const NEEDED_MIB = 2048;
/** npm packages, what Go builds with and its cache, databases, and some runs. */
const NEEDED_DISK_GIB = 3;
const WITHOUT_NFT = 'without nftables the lab has no distances and no traces';

/** What was found of the programs that rights depend on. */
export interface FoundPrograms {
  readonly nft: string | undefined;
  /** Programs that Go builds and that are not there. */
  readonly toBuild: readonly string[];
}

/** @param environment of the command: PATH, and what a user has set for other programs */
export async function rightsOf(
  labFolder: string,
  { nft, toBuild }: FoundPrograms,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Right[]> {
  const { family } = distributionOf();
  const cores = availableParallelism();
  const freeMiB = Math.round(freemem() / 2 ** 20);
  const disk = statfsSync(labFolder);
  const diskGiB = (disk.bavail * disk.bsize) / 2 ** 30;
  return [
    await limits(),
    await goRight(toBuild, environment),
    await tried(
      'own DNS',
      'unshare',
      ['--mount', '--propagation', 'private', 'true'],
      'clients can use the lab’s name server',
      'run as root',
    ),
    nft === undefined
      ? { name: 'isolation', state: 'warn', found: `nft is missing: ${WITHOUT_NFT}`, mend: installCommand(['nftables'], family) }
      : await tried('isolation', nft, ['list', 'tables'], 'clients cannot reach private hosts', `run as root: ${WITHOUT_NFT}`),
    userIds(MACHINE_FILES.userIds),
    openFiles(MACHINE_FILES.limits),
    await tried(
      'burners',
      'chrt',
      ['-i', '0', 'true'],
      'idle-priority loops keep the CPU clock steady',
      installCommand(['util-linux'], family),
    ),
    proxy(environment),
    { name: 'cores', state: cores >= 2 ? 'ok' : 'warn', found: `${cores}`, mend: cores >= 2 ? null : 'use a machine with 2 cores or more' },
    {
      name: 'memory',
      state: freeMiB >= NEEDED_MIB ? 'ok' : 'warn',
      found: `${freeMiB} of ${Math.round(totalmem() / 2 ** 20)} MiB free`,
      mend: freeMiB >= NEEDED_MIB ? null : `stages with several hosts need ${NEEDED_MIB} MiB`,
    },
    {
      name: 'disk',
      state: diskGiB >= NEEDED_DISK_GIB ? 'ok' : 'warn',
      found: `${diskGiB.toFixed(1)} GiB free, ${NEEDED_DISK_GIB} are needed; ${diskUseWords(labFolder)}`,
      mend: diskGiB >= NEEDED_DISK_GIB ? null : `free some space on the disk of ${labFolder}; ./lab prune shows what can go`,
    },
  ];
}

/** Go is needed only as long as something has to be built. */
async function goRight(toBuild: readonly string[], environment: Readonly<Record<string, string | undefined>>): Promise<Right> {
  const go = await findGo(environment['PATH'] ?? '', { environment: { ...environment } });
  const works = go.state === 'ready' || go.state === 'fetches';
  if (toBuild.length === 0)
    return { name: 'go', state: 'ok', found: works ? goWords(go) : 'not needed: the programs it builds are installed', mend: null };
  if (works) return { name: 'go', state: 'ok', found: `${goWords(go)}, for ${toBuild.join(' and ')}`, mend: null };
  return { name: 'go', state: 'warn', found: goWords(go), mend: mendGo(go) };
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

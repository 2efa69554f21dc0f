import { existsSync, readFileSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '@loadstair/kit';
import { RUN_FOLDER } from '../process/private-folder.ts';
import { debianPackages } from '../tools/dpkg.ts';
import { shortenJournal } from '../tools/journal.ts';
import { runLogged } from '../tools/run-logged.ts';
import type { UninstallPlan } from './plan.ts';

/** dpkg did not remove everything. Exit status 1. */
export class NotUninstalled extends Problem {
  readonly left: readonly string[];
  constructor(left: readonly string[], why: string) {
    super({
      what: `${left.length === 1 ? 'A package is' : `${left.length} packages are`} still installed: ${left.slice(0, 6).join(', ')}${left.length > 6 ? ', …' : ''}.`,
      why,
      do: 'read .lab/log/apt.log, fix the problem it names, then run ./lab uninstall again',
      code: 'E_NOT_UNINSTALLED',
      exit: 1,
    });
    this.left = left;
  }
}

export interface Uninstalling {
  readonly root: string;
  readonly labFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/**
 * Removes the packages of a plan with dpkg, which never removes another package with them, and then the lab's folders on the
 * machine. The journal keeps what stays installed.
 *
 * @throws NotUninstalled
 */
export async function uninstall(plan: UninstallPlan, { root, labFolder, environment, signal }: Uninstalling): Promise<void> {
  const { PATH = '', ...kept } = environment;
  const options = {
    log: join(labFolder, 'log', 'apt.log'),
    environment: { ...kept, PATH: `${PATH}:/usr/sbin:/usr/bin:/sbin:/bin`, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    signal,
    stopWith: 'SIGINT' as const,
  };
  let why = 'dpkg left it';
  for (const [how, names] of [['--purge', plan.purge] as const, ['--remove', plan.remove] as const]) {
    if (names.length === 0) continue;
    const ended = await runLogged(['dpkg', how, ...names], options);
    if (!ended.ok) why = ended.why;
  }
  const packages = debianPackages(root);
  const left = [...plan.purge, ...plan.remove].filter((name) => packages.get(name)?.state === 'installed');
  shortenJournal(root, new Set([...left, ...plan.keep.map(({ name }) => name)]));
  removeEmpty(join(root, RUN_FOLDER), join(root, '/var/lib/loadstair'));
  if (left.length > 0) throw new NotUninstalled(left, why);
}

/** Users of a plan that are there still: Debian's packages leave those that they made. */
export function usersLeft(root: string, { users }: Pick<UninstallPlan, 'users'>): string[] {
  const file = join(root, '/etc/passwd');
  const there = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return users.filter((user) => there.some((line) => line.startsWith(`${user}:`)));
}

/** Numbers of instances that have a folder in /run. */
export function instancesThere(root: string): number[] {
  const folder = join(root, RUN_FOLDER);
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .sort((a, b) => a - b)
    : [];
}

function removeEmpty(...folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      // It is not there, or something is in it still.
    }
  }
}

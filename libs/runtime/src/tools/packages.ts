import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { APT_LOCKS, untilUnlocked, type LockHolder } from './apt-locks.ts';
import type { Runs } from './boot-links.ts';
import { dpkgWasInterrupted, mendInstallation, withoutServices, type Mended } from './installation.ts';
import { runLogged } from './run-logged.ts';
import { ToolsMissing, type MissingTool } from './tools-missing.ts';

/** Where an installation works, and what it hears and tells. */
export interface Installing {
  readonly labFolder: string;
  /** Of the machine whose packages they are; a test gives a folder. */
  readonly root?: string;
  /** Package managers need the user's own settings (proxy, cache folders). */
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly onProgress: Progress;
  /** Options by which apt installs from a bundle instead of the network; null and left out are the machine's own sources. */
  readonly fromBundle?: readonly string[] | null;
}

export type Progress = (text: string, state: 'begun' | 'done' | 'note') => void;

const LISTS = '/var/lib/apt/lists';
const LISTS_OLD_MS = 24 * 3_600_000;
/** unattended-upgrades of a fresh machine takes some minutes. */
const LOCK_WITHIN_MS = 10 * 60_000;
/** Of a lock that somebody takes between our look and apt's own. */
const LOCK_OPTION = ['-o', 'DPkg::Lock::Timeout=60'];

export const isRoot = (): boolean => process.getuid?.() === 0;

/** Ends what an earlier installation left undone on this machine, and says so. */
export async function mendMachine(installing: Installing): Promise<Mended | null> {
  const { root = '', signal, onProgress } = installing;
  // Only root can have begun one, and only root can end it.
  if (!isRoot()) return null;
  const mended = await mendInstallation(root, runsIn(installing), signal, (pids) =>
    onProgress(`waiting for another installation to finish (pid ${pids.join(', ')})`, 'note'),
  );
  if (mended !== null) onProgress(`an installation had been interrupted: ${wordsOf(mended)}`, 'note');
  return mended;
}

/** Installs Debian's packages; no service of them starts, now or at boot. Throws ToolsMissing. */
export async function installPackages(packages: readonly MissingTool[], installing: Installing): Promise<void> {
  const { labFolder, root = '', environment, signal, onProgress, fromBundle = null } = installing;
  const log = join(labFolder, 'log', 'apt.log');
  const sources = fromBundle ?? [];
  const apt = async (args: readonly string[], variables: Readonly<Record<string, string>>): Promise<void> => {
    await waitForLocks(packages, signal, onProgress);
    const command = [...(isRoot() ? [] : ['sudo', '-n']), 'apt-get', ...LOCK_OPTION, ...sources, ...args];
    const ended = await runLogged(command, { log, environment: aptEnvironment(environment, variables), signal, stopWith: 'SIGINT' });
    if (!ended.ok) throw new ToolsMissing(packages, ended.why, 'read .lab/log/apt.log, fix the problem it names, then run this again');
  };
  if (dpkgWasInterrupted(root))
    throw new ToolsMissing(
      packages,
      'an earlier installation of packages was interrupted, and apt installs nothing until it is finished',
      `${isRoot() ? '' : 'sudo '}dpkg --configure -a`,
    );
  if (fromBundle !== null || listsAreOld()) {
    const text = fromBundle === null ? 'apt-get update' : 'apt-get update, which checks the signatures of the bundle’s packages';
    onProgress(text, 'begun');
    await apt(['update'], {});
    onProgress(text, 'done');
  }
  const names = packages.map((tool) => tool.from);
  const install = ['install', '-y', '--no-install-recommends', ...names];
  const text = `apt-get install ${names.join(' ')}`;
  onProgress(text, 'begun');
  if (isRoot()) {
    const disabled = await withoutServices(
      root,
      runsIn(installing),
      () => mendMachine(installing),
      (variables) => apt(install, variables),
    );
    if (disabled.length > 0) onProgress(`not started at boot: ${disabled.join(', ')} (systemctl enable changes that)`, 'note');
  } else await apt(install, {});
  onProgress(text, 'done');
}

async function waitForLocks(packages: readonly MissingTool[], signal: AbortSignal, onProgress: Progress): Promise<void> {
  const words = ({ program, pid }: LockHolder): string => `${program} (pid ${pid})`;
  const holder = await untilUnlocked(APT_LOCKS, LOCK_WITHIN_MS, signal, (by) =>
    onProgress(`waiting for ${words(by)}, which is installing packages`, 'note'),
  );
  if (holder !== null)
    throw new ToolsMissing(
      packages,
      `${words(holder)} has been holding apt’s lock for 10 minutes`,
      `wait for pid ${holder.pid} to end, then run this again`,
    );
}

function wordsOf({ policy, disabled }: Mended): string {
  const parts = [
    ...(policy ? ['/usr/sbin/policy-rc.d is as it was before'] : []),
    ...(disabled.length > 0 ? [`not started at boot: ${disabled.join(', ')}`] : []),
  ];
  return parts.join('; ') || 'nothing was left';
}

/** Must end even when the user wants to stop: it puts the machine back as it was. */
function runsIn({ labFolder, environment }: Installing): Runs {
  const options = { log: join(labFolder, 'log', 'apt.log'), signal: new AbortController().signal, stopWith: 'SIGTERM' } as const;
  return async (command, variables = {}) =>
    (await runLogged(command, { ...options, environment: aptEnvironment(environment, variables) })).ok;
}

/** C: what apt says is read for its cause. */
function aptEnvironment(environment: NodeJS.ProcessEnv, variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH = '', ...kept } = environment;
  // dpkg refuses to work where these folders are missing.
  return {
    ...kept,
    PATH: `${PATH}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`,
    DEBIAN_FRONTEND: 'noninteractive',
    LC_ALL: 'C',
    ...variables,
  };
}

function listsAreOld(): boolean {
  try {
    return Date.now() - statSync(LISTS).mtimeMs > LISTS_OLD_MS || !existsSync(join(LISTS, 'partial'));
  } catch {
    return true;
  }
}

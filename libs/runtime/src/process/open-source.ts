import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What server programs read of a checkout. It is the source of a public project: what a person made with the lab is elsewhere. */
const READ = ['apps', 'libs', 'dashboards', 'loadprofiles', 'package.json'];
const INSTALLED = 'node_modules';
const BUILT = join('.lab', 'bin');

/**
 * Makes the programs in a checkout readable for servers, which have no rights, where a strict umask closed them when they were cloned or
 * installed. Folders above the checkout stay closed, and so do runs.
 */
export async function openSource(repoFolder: string): Promise<void> {
  const there = (names: readonly string[]): string[] => names.filter((name) => existsSync(join(repoFolder, name)));
  const isClosed = async (names: readonly string[], depth: readonly string[]): Promise<boolean> => {
    if (names.length === 0) return false;
    const { stdout } = await run('find', [...names, ...depth, '!', '-type', 'l', '!', '-perm', '-004', '-print', '-quit'], {
      cwd: repoFolder,
    });
    return stdout !== '';
  };
  const open = (names: readonly string[]): Promise<unknown> => run('chmod', ['-R', 'go+rX', '--', ...names], { cwd: repoFolder });
  if (await isClosed(there(READ), [])) await open(there(READ));
  // Installed in one go: its first level tells of all of it.
  const installed = there([INSTALLED, BUILT]);
  if (await isClosed(installed, ['-maxdepth', '2'])) await open(installed);
  await run('chmod', ['go+x', '.', ...there(['.lab'])], { cwd: repoFolder });
}

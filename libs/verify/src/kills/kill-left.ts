import { existsSync, readFileSync, rmSync } from 'node:fs';
import { endLeftovers, findTool, leftoversOf } from '@loadstair/runtime';
import { LAB_FOLDER, stateFile } from '@loadstair/lab-api/folders';
import { processesOf } from '../leftovers.ts';
import { kill } from './kill-targets.ts';

/** What of an instance is on the machine, a line each: control groups, processes, firewall table, sockets, mounts, state file. */
export async function everythingLeft(instance: number, path: string): Promise<string[]> {
  const left = await leftoversOf(instance, await nftPath(path));
  const processes = processesOf(instance).map((pid) => `process ${pid}: ${commandLine(pid)}`);
  const state = stateFile(instance);
  return [...left, ...processes, ...(existsSync(state) ? [state] : [])];
}

/** Ends what `./lab down` left, so that the next round begins on a clean machine. */
export async function clearInstance(instance: number, path: string): Promise<void> {
  for (const pid of processesOf(instance)) kill(pid);
  await endLeftovers(instance, await nftPath(path));
  rmSync(stateFile(instance), { force: true });
}

async function nftPath(path: string): Promise<string | undefined> {
  const found = await findTool('nft', { labFolder: LAB_FOLDER, path });
  return found.state === 'found' ? found.path : undefined;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return 'ended meanwhile';
  }
}

import { existsSync, readFileSync } from 'node:fs';
import type { Cgroups } from '../budgets/cgroups.ts';
import { detectCgroups } from '../budgets/detect.ts';
import { groups } from './groups.ts';
import { isIsolated, removeIsolation } from './isolation.ts';
import { instanceRunFolder, removeRunFolder } from './private-folder.ts';
import { removeSharedMemory } from './shared-memory.ts';

/**
 * Ends what an earlier labd of this instance left behind, found by our own control groups, and nothing else.
 *
 * @returns how many processes were still there
 */
export async function cleanLeftovers(cgroups: Cgroups, instance: number, nft: string | undefined): Promise<number> {
  const left = groups.all(instance).filter((group) => cgroups.exists(group));
  const processes = left.flatMap((group) => cgroups.processes(group));
  for (const group of left) await cgroups.destroy(group);
  await removeIsolation(nft, instance);
  removeSharedMemory(instance);
  removeRunFolder(instance);
  return processes.length;
}

/** The same for an instance whose labd is gone and which nobody wants to start again. */
export async function endLeftovers(instance: number, nft: string | undefined): Promise<number> {
  return cleanLeftovers(await detectCgroups(), instance, nft);
}

/** What of an instance is on this machine now, a line each; empty is a clean machine. */
export async function leftoversOf(instance: number, nft: string | undefined): Promise<string[]> {
  const cgroups = await detectCgroups();
  const left = groups.all(instance).filter((group) => cgroups.exists(group));
  const processes = left.flatMap((group) => cgroups.processes(group));
  const folder = instanceRunFolder(instance);
  return [
    ...left.map((group) => `control group ${group}`),
    ...[...new Set(processes)].map((pid) => `process ${pid}`),
    ...((await isIsolated(nft, instance)) ? [`firewall table of instance ${instance}`] : []),
    ...(existsSync(folder) ? [folder] : []),
    ...readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .filter((line) => line.includes(`/instances/${instance}/`) || line.includes(`${folder}/`))
      .map((line) => `mount ${line.split(' ')[4]}`),
  ];
}

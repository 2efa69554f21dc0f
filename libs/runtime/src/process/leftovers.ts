import type { Cgroups } from '../budgets/cgroups.ts';
import { detectCgroups } from '../budgets/detect.ts';
import { groups } from './groups.ts';
import { removeIsolation } from './isolation.ts';
import { removeRunFolder } from './private-folder.ts';
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

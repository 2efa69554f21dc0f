import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Cgroups } from '../budgets/cgroups.ts';
import { detectCgroups } from '../budgets/detect.ts';
import { groups } from './groups.ts';
import { removeIsolation } from './isolation.ts';

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
  removeSockets(instance);
  return processes.length;
}

/** The same for an instance whose labd is gone and which nobody wants to start again. */
export async function endLeftovers(instance: number, nft: string | undefined): Promise<number> {
  return cleanLeftovers(await detectCgroups(), instance, nft);
}

/** Sockets live under /tmp because their paths must be short. */
function removeSockets(instance: number): void {
  for (const name of readdirSync('/tmp')) {
    if (name.startsWith(`loadstair-${instance}-`)) rmSync(join('/tmp', name), { recursive: true, force: true });
  }
}

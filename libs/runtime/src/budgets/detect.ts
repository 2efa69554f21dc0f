import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readTextOr } from '@loadstair/kit/node';
import { BudgetsImpossible, type Cgroups } from './cgroups.ts';
import { cgroupsV1 } from './v1.ts';
import { cgroupsV2 } from './v2.ts';

/**
 * The control groups of this machine, after really setting a quota in a trial group.
 *
 * @throws BudgetsImpossible when no quota can be set
 */
export async function detectCgroups(root = '/sys/fs/cgroup'): Promise<Cgroups> {
  const cgroups = candidate(root);
  const trial = `loadstair-trial-${process.pid}`;
  try {
    cgroups.create(trial);
    cgroups.setCpu(trial, 0.5);
    cgroups.setMemory(trial, 64 * 2 ** 20);
  } catch (error) {
    if (error instanceof BudgetsImpossible) throw error;
    throw new BudgetsImpossible(error instanceof Error ? error.message : String(error));
  } finally {
    await cgroups.destroy(trial).catch(() => {});
  }
  return cgroups;
}

function candidate(root: string): Cgroups {
  if (existsSync(join(root, 'cpu', 'cpu.cfs_quota_us')) || existsSync(join(root, 'cpu', 'cgroup.procs'))) return cgroupsV1(root);
  if (readTextOr(join(root, 'cgroup.controllers'), '').split(/\s+/).includes('cpu')) return cgroupsV2(root);
  throw new BudgetsImpossible(`no CPU controller under ${root}`);
}

import { detectCgroups } from '../budgets/detect.ts';
import { groups } from './groups.ts';

/** Gives the load generator of a running instance a CPU limit, so that it cannot keep its schedule. Tests the lab, never a site. */
export async function limitGenerator(instance: number, cores: number): Promise<void> {
  (await detectCgroups()).setCpu(groups.lab(instance, 'clients'), cores);
}

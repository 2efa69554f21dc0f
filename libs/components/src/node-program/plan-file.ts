import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SitePlan } from '@loadstair/site-plan';
import type { PlacedHost } from '@loadstair/topology';
import type { ComponentContext } from '../component.ts';
import { writeOwned } from '../owned-file.ts';

/** In a folder of its own, which the program watches: beside it other files change all the time. */
export function planFile(host: PlacedHost): string {
  return join(host.folder, 'plan', 'plan.json');
}

/** Tells the program on a host of its peers; one that runs reads it anew. */
export async function writePlan({ host, user }: Pick<ComponentContext, 'host' | 'user'>, plan: SitePlan): Promise<void> {
  const file = planFile(host);
  await mkdir(dirname(file), { recursive: true });
  await writeOwned(file, JSON.stringify(plan), user);
}

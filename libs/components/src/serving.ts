import type { Tier } from '@loadstair/topology';
import type { Serves } from './declaration.ts';
import { declarationOf } from './declarations.ts';

/**
 * How what runs on the hosts of a tier is used, and the port it is reached at.
 *
 * @throws Error when nothing there can be used so
 */
export function serving<As extends keyof Serves>(
  { name, components }: Pick<Tier, 'name' | 'components'>,
  as: As,
): NonNullable<Serves[As]> & { readonly port: number } {
  for (const { serves, ports } of components.map(declarationOf)) {
    const found = serves?.[as];
    if (found !== undefined) return { ...found, port: ports.served };
  }
  throw new Error(`Nothing on the hosts of ${name} serves ${as}.`);
}

import { componentOf, type ComponentContext } from '@loadstair/components';
import {
  CLIENTS,
  DATABASES,
  EDGES,
  MACHINES,
  offer,
  POWER,
  type Databases,
  type Machines,
  type Offered,
  type Power,
} from '@loadstair/operations';
import type { ComponentKind, Placement } from '@loadstair/topology';
import { siteClients } from './site-clients.ts';

/** What of a site its offers stand on. */
interface Surroundings {
  readonly machines: Machines;
  /** Null where no host can be made silent. */
  readonly power: Power | null;
  readonly databases: ReadonlyMap<string, Databases>;
  placement(): Placement;
  siteUrl(): string;
  /** Of every living host that runs a component. */
  contexts(kind: ComponentKind): readonly ComponentContext[];
}

/** What actions may ask of a site: what the driver does, and what its components offer. */
export function siteOffers({ machines, power, databases, placement, siteUrl, contexts }: Surroundings): Offered[] {
  const kinds = [...new Set(placement().topology.tiers.flatMap(({ components }) => components))];
  return [
    offer(MACHINES, machines),
    ...(power === null ? [] : [offer(POWER, power)]),
    offer(CLIENTS, siteClients(placement, siteUrl)),
    ...(databases.size === 0 ? [] : [offer(DATABASES, databases)]),
    ...kinds.flatMap((kind) => {
      const { cache, offers } = componentOf(kind);
      const { purge } = cache ?? {};
      return [
        ...(offers === undefined ? [] : offers(() => contexts(kind))),
        ...(purge === undefined ? [] : [offer(EDGES, edgesOf(kind, purge))]),
      ];
    }),
  ];

  function edgesOf(kind: ComponentKind, purge: (context: ComponentContext, path: string, signal: AbortSignal) => Promise<void>) {
    return {
      names: () => placement().hosts.flatMap(({ name, tierSpec }) => (tierSpec.components.includes(kind) ? [name] : [])),
      purge: (path: string, signal: AbortSignal) =>
        Promise.all(contexts(kind).map((context) => purge(context, path, signal).then(() => context.host.name))),
    };
  }
}

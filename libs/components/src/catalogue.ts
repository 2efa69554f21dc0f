import { allOf, register } from '@loadstair/kit';
import { groupOf, groupsQueriedBy, UnknownComponent, type PlacedHost, type Placement } from '@loadstair/topology';
import type { Component } from './component.ts';
import type { DatabaseContent } from './database-content.ts';
import { registerDeclaration } from './declarations.ts';
import { haproxy } from './haproxy/haproxy.ts';
import { postgres } from './postgres/postgres.ts';
import { redis } from './redis/redis.ts';
import { site } from './site/site.ts';
import { varnish } from './varnish/varnish.ts';

export { simulatedHaproxy, type HaproxyModel } from './haproxy/simulate.ts';
export { simulatedPostgres, type PostgresModel } from './postgres/simulate.ts';
export { ENTRY_BYTES } from './redis/simulate.ts';
export { simulatedSite, type SiteModel } from './site/simulate.ts';

const components = new Map<string, Component>(
  [site, postgres, haproxy, redis, varnish].map((component) => [component.declaration.kind, component]),
);

/** Makes a component and what it declares known that has no folder here, such as a fixture's, until what this gives is called. */
export function registerComponent(component: Component): () => void {
  return allOf([registerDeclaration(component.declaration), register(components, component.declaration.kind, component)]);
}

/** @throws UnknownComponent */
export function componentOf(kind: string): Component {
  const component = components.get(kind);
  if (component === undefined) throw new UnknownComponent(kind, components.keys());
  return component;
}

/** What is kept in the databases of a host's group: the content of a program that queries it. Null where there is none. */
export function contentOf(host: PlacedHost, { topology }: Placement): DatabaseContent | null {
  const group = groupOf(topology, host.tier);
  const querying = topology.tiers.filter((tier) => groupsQueriedBy(topology, tier.name).some(({ name }) => name === group?.name));
  return querying.flatMap((tier) => tier.components.flatMap((kind) => componentOf(kind).database ?? []))[0] ?? null;
}

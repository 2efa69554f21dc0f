import { register } from '@loadstair/kit';
import { declaredOf, type PlacedHost, type Placement } from '@loadstair/topology';
import type { Declaration } from './declaration.ts';
export { BALANCER_LIMITS, CRASH_NOTICED_MS, maxconnOf, SILENCE_NOTICED_MS } from './haproxy/declaration.ts';
export { mayBeSlow, slowWayOf, slowWays, withoutSlowWays, type SlowWay } from './postgres/slow-ways.ts';
export { declaredSync, replayDelayMs } from './postgres/declaration.ts';
export { poolOf } from './site/connections.ts';
export { CACHE_DEFAULTS, cacheSettings, cacheTiers, entryBytes, type CacheSettings } from './redis/declaration.ts';
export type { Declaration, SystemPackage, ToolDeclaration } from './declaration.ts';
export type { LogEntry, LogFormat, LogReader } from './log-format.ts';
import { haproxyDeclaration } from './haproxy/declaration.ts';
import { postgresDeclaration } from './postgres/declaration.ts';
import { redisDeclaration } from './redis/declaration.ts';
import { siteDeclaration } from './site/declaration.ts';
import { varnishDeclaration } from './varnish/declaration.ts';

const known = new Map<string, Declaration>(
  [siteDeclaration, postgresDeclaration, haproxyDeclaration, redisDeclaration, varnishDeclaration].map((one) => [one.kind, one]),
);

/** Every component by its kind. */
export const declarations: ReadonlyMap<string, Declaration> = known;

/** Makes a component known that has no folder here, until what this gives is called. */
export function registerDeclaration(declaration: Declaration): () => void {
  return register(known, declaration.kind, declaration);
}

/** @throws UnknownComponent */
export function declarationOf(kind: string): Declaration {
  return declaredOf(declarations, kind);
}

/** What people call the part of a component on a host. @throws UnknownComponent */
export function wordOf(kind: string): string {
  return declarationOf(kind).word ?? kind;
}

/** Hosts of which a component declares something. */
export function hostsThat(placement: Pick<Placement, 'hosts'>, declares: (declaration: Declaration) => boolean): PlacedHost[] {
  return placement.hosts.filter(({ tierSpec }) => tierSpec.components.some((kind) => declares(declarationOf(kind))));
}

/** The port a host's clients connect to: what stores something comes before what asks it. */
export function servedPort(kinds: readonly string[]): number {
  const all = kinds.map(declarationOf);
  const serving = all.find((one) => one.stores) ?? all[0];
  if (serving === undefined) throw new Error('A host without components cannot serve anything.');
  return serving.ports.served;
}

/** The component of some hosts that needs most files open at once; a limit of files holds for each process. */
export function mostFiles(hosts: readonly { readonly components: readonly string[] }[]): Declaration | null {
  const all = hosts.flatMap(({ components }) => components.map(declarationOf));
  return all.reduce<Declaration | null>((most, one) => (most === null || one.openFiles.least > most.openFiles.least ? one : most), null);
}

import { backlog } from './backlog.ts';
import { connections } from './connections.ts';
import { cpu } from './cpu.ts';
import { disk } from './disk.ts';
import { eventLoop } from './event-loop.ts';
import { hitRatio } from './hit-ratio.ts';
import { lock } from './lock.ts';
import { memory } from './memory.ts';
import type { ResourceModule } from './module.ts';
import { pool } from './pool.ts';
import { replay } from './replay.ts';
import type { Resource } from './resource.ts';
import { slots } from './slots.ts';

/** Every kind of resource; what every host has comes first. */
const RESOURCES = [cpu, memory, disk, pool, slots, eventLoop, lock, replay, hitRatio, backlog, connections] as const;

export type ResourceKind = (typeof RESOURCES)[number]['kind'];

/** Use of a resource in one step, told apart by `kind`. */
export type ResourceUse = NonNullable<ReturnType<(typeof RESOURCES)[number]['use']>>;

/** A limit of a host or of a component on it. */
export interface ResourceInfo extends Resource {
  readonly kind: ResourceKind;
}

/** What every host has. */
export const HOST_KINDS = [cpu.kind, memory.kind, disk.kind] as const;

const modules = new Map<string, ResourceModule>(RESOURCES.map((module) => [module.kind, module as ResourceModule]));

export class UnknownResource extends Error {
  readonly kind: string;

  constructor(kind: string) {
    super(`there is no kind of resource ${kind}; the kinds are ${resourceKinds().join(', ')}`);
    this.kind = kind;
  }
}

export function resourceKinds(): string[] {
  return [...modules.keys()];
}

/** Throws UnknownResource. */
export function moduleOf(kind: string): ResourceModule {
  const module = modules.get(kind);
  if (module === undefined) throw new UnknownResource(kind);
  return module;
}

/** Makes a kind known that is not of this library, such as a fixture's; gives what makes it unknown again. */
export function registerResource(module: ResourceModule): () => void {
  if (modules.has(module.kind)) throw new Error(`there is a kind of resource ${module.kind} already`);
  modules.set(module.kind, module);
  return () => modules.delete(module.kind);
}

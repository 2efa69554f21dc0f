import type { JobQueue } from './jobs.ts';
import type { PlacedHost } from '@loadstair/topology';
import type { CpuHost, Program } from '../engine/cpu-host.ts';
import type { Timeline } from '../engine/timeline.ts';
import type { Turnstile } from '../engine/turnstile.ts';

export interface WebServer {
  readonly host: PlacedHost;
  readonly cpu: CpuHost;
  readonly node: Program;
  /** V8's own threads; not in what the event loop or its collections count. */
  readonly helpers: Program;
  readonly pool: Turnstile;
  /** Null where nothing is done after its answer. */
  readonly jobs: JobQueue | null;
  gcMs: number;
  requests: number;
  inSlot: number;
}

/** Garbage is collected on Node's thread; its time is wall time, so a stop by the quota in the middle counts as collection. */
export function collect(timeline: Timeline, web: WebServer, cpuMs: number): void {
  web.node.do(cpuMs, (startedMs) => {
    web.gcMs += timeline.now - startedMs;
  });
}

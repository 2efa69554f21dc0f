import type { RequestHandler } from 'express';
import { blockLoop } from './block-loop.ts';
import { churnHeap } from './churn-heap.ts';

/** Faults the lab injects into a site process; zero is none. A healthy site has none. */
export interface SiteFaults {
  /** ms for which every request stops the event loop. */
  readonly blockMs: number;
  /** KiB every request puts into a store that fills the heap. */
  readonly churnKiB: number;
}

export const NO_FAULTS: SiteFaults = { blockMs: 0, churnKiB: 0 };

/** What runs before every request of users; health checks and metrics are spared. */
export function faultHandlers({ blockMs, churnKiB }: SiteFaults): RequestHandler[] {
  return [...(blockMs === 0 ? [] : [blockLoop(blockMs)]), ...(churnKiB === 0 ? [] : [churnHeap(churnKiB)])];
}

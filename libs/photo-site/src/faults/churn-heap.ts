import type { RequestHandler } from 'express';

interface Item {
  readonly rank: number;
  readonly of: { readonly id: number };
}

/** V8 takes about so much for one item: two objects of 40 and 32 bytes, a number of 16, and its place in a list. */
const ITEM_BYTES = 96;
/**
 * What the store holds: most of the old generation that a site may have (`--max-old-space-size`, libs/components). Little is
 * left between two collections, and each walks all of it; with 80 MiB a loaded site ran out.
 */
const STORE_KIB = 56 * 1024;

/**
 * A cache too big for its heap that turns over: it is full of small objects, and every request puts `kib` of new ones in the
 * place of the oldest. They outlive the young generation and die soon after, the worst that can happen to a collector: it
 * copies all of them, then looks through the whole heap for the few that died, and the CPU goes there.
 */
export function churnHeap(kib: number): RequestHandler {
  const store: Item[][] = Array.from({ length: Math.max(1, Math.floor(STORE_KIB / kib)) }, () => itemsOf(kib));
  let oldest = 0;
  return (_request, _response, next) => {
    store[oldest] = itemsOf(kib);
    oldest = (oldest + 1) % store.length;
    next();
  };
}

function itemsOf(kib: number): Item[] {
  return Array.from({ length: Math.ceil((kib * 1024) / ITEM_BYTES) }, (_, id) => ({ rank: id + 0.5, of: { id } }));
}

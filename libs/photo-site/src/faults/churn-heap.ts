import type { RequestHandler } from 'express';

interface Item {
  readonly rank: number;
  readonly of: { readonly id: number };
}

/** V8 takes about so much for one item: two objects of 40 and 32 bytes, a number of 16, and its place in a list. */
const ITEM_BYTES = 96;
/** What the store holds: with the site's own objects it leaves little of a heap of 128 MiB free. */
const STORE_KIB = 56 * 1024;

/**
 * A cache that is too big for its heap: it is full of small objects that live long enough to be moved twice, and every
 * request puts `kib` of new ones in the place of the oldest. Collecting them takes CPU, and more of it the less room is left.
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

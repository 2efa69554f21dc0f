import { heldResource, type HeldUse, type ResourceKind } from '@loadstair/resources';

export interface StampInkUse extends HeldUse {
  readonly kind: 'stamp-ink';
}

/** Pads of an ink press: each is held for one stamp. */
export const stampInk = heldResource<StampInkUse>({ kind: 'stamp-ink', word: 'stamp ink', shortWord: 'ink' });

/** A kind of a library's own is in this union by its line in the registry; that of a fixture joins while tests run. */
export const STAMP_INK = stampInk.kind as string as ResourceKind;

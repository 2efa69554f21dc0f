import { heldResource, type HeldUse } from './held.ts';

export interface SlotsUse extends HeldUse {
  readonly kind: 'slots';
}

/** Requests in flight that a balancer gives its servers. */
export const slots = heldResource<SlotsUse>({
  kind: 'slots',
  word: 'proxy slots',
  shortWord: 'slots',
});

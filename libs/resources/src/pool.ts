import { heldResource, type HeldUse } from './held.ts';

export interface PoolUse extends HeldUse {
  readonly kind: 'pool';
}

/** Database connections of one process. */
export const pool = heldResource<PoolUse>({
  kind: 'pool',
  word: 'connection pool',
  shortWord: 'pool',
  counted: (resources) => `connection pools${resources.length === 1 ? ` of ${resources[0]?.host}` : ''}`,
});

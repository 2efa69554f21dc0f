import { heldResource, type HeldUse } from './held.ts';

export interface PoolUse extends HeldUse {
  readonly kind: 'pool';
}

/** `the database refused 12 connections: it had reached its connection limit (SQLSTATE 53300)` */
export function refusedText(refused: number): string {
  const count = refused === 1 ? 'a connection' : `${refused.toLocaleString('en')} connections`;
  return `the database refused ${count}: it had reached its connection limit (SQLSTATE 53300)`;
}

/** Database connections of one process. */
export const pool = heldResource<PoolUse>({
  kind: 'pool',
  word: 'connection pool',
  shortWord: 'pool',
  signs: ({ refused = 0 }) => (refused === 0 ? [] : [refusedText(refused)]),
  counted: (resources) => `connection pools${resources.length === 1 ? ` of ${resources[0]?.host}` : ''}`,
});

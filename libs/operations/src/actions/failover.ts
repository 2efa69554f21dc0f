import { z } from 'zod';
import { defineAction } from '../action.ts';
import { DATABASES } from '../capabilities.ts';
import { databasesOf } from '../databases-of.ts';
import { GROUP, HOST } from '../fields.ts';

/** The most advanced replica takes the place of the primary. */
export const failover = defineAction({
  name: 'failover',
  summary: 'Promote the replica with the newest data, and rebuild the old primary as a replica',
  subject: 'group',
  input: z.strictObject({ group: GROUP }),
  /** When the primary could no longer write, and when the new one took writes and everybody was told; epoch ms. */
  result: z.object({ from: HOST, to: HOST, fencedMs: z.number(), servingMs: z.number() }),
  needs: { databases: DATABASES },
  run: ({ group }, { databases, signal }) => databasesOf(databases, group).failover(signal),
  sentence: (_, { from, to }) => `${to} is the primary in place of ${from}`,
});

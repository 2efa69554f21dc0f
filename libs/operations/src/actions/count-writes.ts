import { z } from 'zod';
import { defineAction } from '../action.ts';
import { DATABASES, PROMISES } from '../capabilities.ts';
import { databasesOf } from '../databases-of.ts';
import { GROUP } from '../fields.ts';

/** A row that a client was told is written, and that is not there. */
const LOST = z.object({ row: z.string(), user: z.number(), text: z.string() });
export type LostWrite = z.infer<typeof LOST>;

/** The primary is asked for every row that the site has said it has written. */
export const countWrites = defineAction({
  name: 'count-writes',
  summary: 'Ask the primary for every row whose write was acknowledged',
  subject: 'group',
  input: z.strictObject({ group: GROUP }),
  /** What is missing by row, for example `comments id=7`, by who wrote it, and by what it said. */
  result: z.object({ promised: z.int(), missing: z.array(LOST).readonly() }),
  needs: { databases: DATABASES, promises: PROMISES },
  async run({ group }, { databases, promises, signal }) {
    const promised = await promises.promised(signal);
    const missing = await databasesOf(databases, group).missing(promised);
    return { promised: promised.length, missing: missing.map(({ table, id, user, text }) => ({ row: `${table} id=${id}`, user, text })) };
  },
  sentence: (_, { missing, promised }) => `${missing.length} of ${promised} acknowledged writes are missing`,
});

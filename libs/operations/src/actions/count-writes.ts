import { z } from 'zod';
import { defineAction } from '../action.ts';
import { DATABASES, PROMISES } from '../capabilities.ts';
import { databasesOf } from '../databases-of.ts';
import { GROUP } from '../fields.ts';

/** The primary is asked for every row that the site has said it has written. */
export const countWrites = defineAction({
  name: 'count-writes',
  summary: 'Ask the primary for every row that clients were told is written',
  subject: 'group',
  input: z.strictObject({ group: GROUP }),
  /** Rows by name, for example `comments id=7`. */
  result: z.object({ promised: z.int(), missing: z.array(z.string()).readonly() }),
  needs: { databases: DATABASES, promises: PROMISES },
  async run({ group }, { databases, promises, signal }) {
    const promised = await promises.promised(signal);
    const missing = await databasesOf(databases, group).missing(promised);
    return { promised: promised.length, missing: missing.map(({ table, id }) => `${table} id=${id}`) };
  },
  sentence: (_, { missing, promised }) => `${missing.length} of ${promised} promised rows are missing`,
});

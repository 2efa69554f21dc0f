import { z } from 'zod';
import { defineAction } from '../action.ts';
import { DATABASES } from '../capabilities.ts';
import { databasesOf } from '../databases-of.ts';
import { GROUP, HOST } from '../fields.ts';

const RECOVERED = z.object({
  host: HOST,
  restored: z.record(z.string(), z.number()),
  present: z.number(),
  conflicts: z.array(z.object({ table: z.string(), row: z.string(), reason: z.string() })).readonly(),
  /** It was destroyed: there was no disk to look on. */
  diskGone: z.boolean().optional(),
});

/** What only an old primary has is written to the new one. */
export const recover = defineAction({
  name: 'recover',
  summary: 'Copy acknowledged writes from former primaries to the current one',
  subject: 'group',
  input: z.strictObject({ group: GROUP }),
  /** By host that was the primary. */
  result: z.object({ hosts: z.array(RECOVERED).readonly() }),
  needs: { databases: DATABASES },
  async run({ group }, { databases, signal }) {
    return { hosts: await databasesOf(databases, group).recover(signal) };
  },
  sentence(_, { hosts }) {
    const gone = hosts.flatMap(({ host, diskGone }) => (diskGone === true ? [host] : []));
    const nothing = gone.length === 0 ? '' : `; the disk of ${gone.join(', ')} is gone`;
    return `${restoredRows(hosts)} rows restored from the old primary${nothing}`;
  },
});

/** Rows that were missing and are there again, of all old primaries. */
export function restoredRows(hosts: readonly Pick<z.infer<typeof RECOVERED>, 'restored'>[]): number {
  return hosts.flatMap(({ restored }) => Object.values(restored)).reduce((sum, rows) => sum + rows, 0);
}

import { z } from 'zod';
import { defineAction } from '../action.ts';
import { DATABASES } from '../capabilities.ts';
import { databasesOf } from '../databases-of.ts';
import { NOTHING, GROUP } from '../fields.ts';

export const guarantee = defineAction({
  name: 'guarantee',
  summary: 'Set the number of replicas that commits wait for',
  subject: 'group',
  input: z.strictObject({ sync: z.int().min(0).max(16), group: GROUP }),
  result: NOTHING,
  needs: { databases: DATABASES },
  async run({ sync, group }, { databases }) {
    await databasesOf(databases, group).guarantee(sync);
    return {};
  },
  sentence: ({ sync }) => (sync === 0 ? 'commits wait for no replica' : `commits wait for ${sync} replica${sync === 1 ? '' : 's'}`),
});

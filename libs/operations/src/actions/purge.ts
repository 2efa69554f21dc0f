import { z } from 'zod';
import { defineAction } from '../action.ts';
import { EDGES } from '../capabilities.ts';
import { PATH } from '../fields.ts';

export const purge = defineAction({
  name: 'purge',
  summary: 'Remove a file from every edge',
  subject: 'site',
  input: z.strictObject({ path: PATH }),
  result: z.object({ hosts: z.array(z.string()).readonly() }),
  needs: { edges: EDGES },
  async run({ path }, { edges, signal }) {
    return { hosts: await edges.purge(path, signal) };
  },
  sentence: ({ path }) => `${path} purged at every edge`,
});

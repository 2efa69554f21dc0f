import { z } from 'zod';
import { defineAction } from '../action.ts';
import { MACHINES } from '../capabilities.ts';
import { HOST, ONE_HOST } from '../fields.ts';
import { hostOf } from '../host-of.ts';

/** A host loses power: of a tier the first living one, of databases one that plays the tier's part now. */
export const kill = defineAction({
  name: 'kill',
  summary: 'End a host as if it lost power',
  subject: 'host',
  input: ONE_HOST,
  result: z.object({ host: HOST }),
  needs: { machines: MACHINES },
  async run(input, { site, machines }) {
    const host = hostOf(site, input, 'up');
    await machines.kill(host);
    return { host };
  },
  sentence: (_, { host }) => `${host} killed`,
});

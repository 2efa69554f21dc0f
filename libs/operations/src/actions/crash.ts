import { z } from 'zod';
import { defineAction } from '../action.ts';
import { MACHINES } from '../capabilities.ts';
import { HOST, ONE_HOST } from '../fields.ts';
import { hostOf } from '../host-of.ts';

/**
 * The programs of a host end at once (SIGKILL), and the kernel answers for them: peers are told that connections are closed, and who
 * connects is refused. Of a tier it is the first living host, of databases one that plays the tier's part now.
 */
export const crash = defineAction({
  name: 'crash',
  summary: 'End the programs of a host at once; its kernel refuses whoever connects',
  subject: 'host',
  input: ONE_HOST,
  result: z.object({ host: HOST }),
  needs: { machines: MACHINES },
  async run(input, { site, machines }) {
    const host = hostOf(site, input, 'up');
    await machines.crash(host);
    return { host };
  },
  sentence: (_, { host }) => `${host} crashed`,
});

import { z } from 'zod';
import { defineAction } from '../action.ts';
import { MACHINES } from '../capabilities.ts';
import { HOST, ONE_HOST } from '../fields.ts';
import { hostOf } from '../host-of.ts';

/** A dead host starts again with what its disk has: a database with its rows, a cache empty. One that was destroyed has no disk. */
export const powerOn = defineAction({
  name: 'power-on',
  summary: 'Start a dead host again, with the data on its disk',
  subject: 'host',
  input: ONE_HOST,
  result: z.object({ host: HOST }),
  needs: { machines: MACHINES },
  async run(input, { site, machines, signal }) {
    const host = hostOf(site, input, 'down');
    await machines.powerOn(host, signal);
    return { host };
  },
  sentence: (_, { host }) => `${host} is back, with the data on its disk`,
});

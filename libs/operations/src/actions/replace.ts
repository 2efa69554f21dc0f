import { z } from 'zod';
import { defineAction } from '../action.ts';
import { MACHINES } from '../capabilities.ts';
import { HOST, ONE_HOST } from '../fields.ts';
import { hostOf } from '../host-of.ts';

/** A fresh host takes the place of one: of a tier that of the first dead one. */
export const replace = defineAction({
  name: 'replace',
  summary: 'Replace a host by a new one',
  subject: 'host',
  input: ONE_HOST,
  /** The fresh one. */
  result: z.object({ host: HOST, address: z.string() }),
  needs: { machines: MACHINES },
  async run(input, { site, machines, signal }) {
    const { name, address } = await machines.replace(hostOf(site, input, 'down'), signal);
    return { host: name, address };
  },
  sentence: (_, { host }) => `${host} replaces the dead host`,
});

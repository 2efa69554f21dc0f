import { z } from 'zod';
import { defineAction } from '../action.ts';
import { MACHINES } from '../capabilities.ts';
import { HOST, MANY_HOSTS } from '../fields.ts';
import { hostsOf } from '../host-of.ts';

export const clear = defineAction({
  name: 'clear',
  summary: 'Empty the caches or edges of a tier or in a place',
  subject: 'tier',
  input: MANY_HOSTS,
  /** Those that had copies to forget. */
  result: z.object({ hosts: z.array(HOST).readonly() }),
  needs: { machines: MACHINES },
  run: async (input, { site, machines }) => ({ hosts: await machines.clear(hostsOf(site, input)) }),
  sentence: (input) => `${'tier' in input ? `${input.tier} hosts` : `caches and edges in ${input.place}`} emptied`,
});

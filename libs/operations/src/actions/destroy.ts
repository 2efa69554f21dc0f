import { z } from 'zod';
import { defineAction } from '../action.ts';
import { POWER } from '../capabilities.ts';
import { HOST, ONE_HOST } from '../fields.ts';
import { hostOf } from '../host-of.ts';

/** A host falls silent for good: what was on its disk can be recovered from nowhere. */
export const destroy = defineAction({
  name: 'destroy',
  summary: 'Take the power from a host, and its disk with it',
  subject: 'host',
  input: ONE_HOST,
  result: z.object({ host: HOST }),
  needs: { power: POWER },
  async run(input, { site, power }) {
    const host = hostOf(site, input, 'up');
    await power.destroy(host);
    return { host };
  },
  sentence: (_, { host }) => `${host} was destroyed with its disk`,
});

import { z } from 'zod';
import { defineAction } from '../action.ts';
import { POWER } from '../capabilities.ts';
import { HOST, ONE_HOST } from '../fields.ts';
import { hostOf } from '../host-of.ts';

/** A host falls silent, then its programs end: no peer is told, and nobody is refused. Its disk stays as it is. */
export const powerLoss = defineAction({
  name: 'power-loss',
  summary: 'Take the power from a host: it falls silent, and nobody is told',
  subject: 'host',
  input: ONE_HOST,
  result: z.object({ host: HOST }),
  needs: { power: POWER },
  async run(input, { site, power }) {
    const host = hostOf(site, input, 'up');
    await power.lose(host);
    return { host };
  },
  sentence: (_, { host }) => `${host} lost power`,
});

import { z } from 'zod';
import { defineAction } from '../action.ts';
import { MACHINES } from '../capabilities.ts';
import { NOTHING, TIER } from '../fields.ts';

/** Most hosts of a tier. */
const MOST = 16;

export const scale = defineAction({
  name: 'scale',
  summary: 'Change the number of hosts of a tier while load runs',
  subject: 'tier',
  input: z.strictObject({ tier: TIER, count: z.int().min(1).max(MOST) }),
  result: NOTHING,
  planned: true,
  needs: { machines: MACHINES },
  async run({ tier, count }, { machines, signal }) {
    await machines.scale(tier, count, signal);
    return {};
  },
  sentence: ({ tier, count }) => `${tier} tier has ${count} host${count === 1 ? '' : 's'}`,
});

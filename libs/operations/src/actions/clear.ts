import { z } from 'zod';
import { defineAction } from '../action.ts';
import { MACHINES } from '../capabilities.ts';
import { NOTHING, TIER } from '../fields.ts';

export const clear = defineAction({
  name: 'clear',
  summary: 'Make hosts of a tier that keep copies only forget them',
  subject: 'tier',
  input: z.strictObject({ tier: TIER }),
  result: NOTHING,
  needs: { machines: MACHINES },
  async run({ tier }, { machines }) {
    await machines.clear(tier);
    return {};
  },
  sentence: ({ tier }) => `${tier} hosts forget what they keep`,
});

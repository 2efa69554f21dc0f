import { SettingError } from '@loadstair/topology';
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { MACHINES } from '../capabilities.ts';
import { NOTHING, TIER } from '../fields.ts';
import { Refused } from '../problems.ts';

/** The sizes allowed are those of `--set`: what the machines refuse for that reason is refused here, in the same words. */
export const resize = defineAction({
  name: 'resize',
  summary: 'Give every host of a tier another CPU budget, lab CPUs, without a restart',
  subject: 'tier',
  input: z.strictObject({ tier: TIER, cpu: z.number().positive() }),
  result: NOTHING,
  needs: { machines: MACHINES },
  async run({ tier, cpu }, { machines }) {
    try {
      await machines.resize(tier, cpu);
    } catch (error) {
      if (error instanceof SettingError) throw new Refused({ what: error.what, why: error.why });
      throw error;
    }
    return {};
  },
  sentence: ({ tier, cpu }) => `${tier} hosts have ${cpu} lab CPUs`,
});

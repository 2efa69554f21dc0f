import { SettingError } from '@loadstair/topology';
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { MACHINES } from '../capabilities.ts';
import { TIER } from '../fields.ts';
import { Refused } from '../problems.ts';

/** The sizes allowed are those of `--set`: what the machines refuse for that reason is refused here, in the same words. */
export const resize = defineAction({
  name: 'resize',
  summary: 'Give every host of a tier another CPU budget, lab CPUs, without a restart',
  subject: 'tier',
  /** A size, or a factor of the one that its hosts have now. */
  input: z.union([
    z.strictObject({ tier: TIER, cpu: z.number().positive() }),
    z.strictObject({ tier: TIER, times: z.number().positive().max(16) }),
  ]),
  result: z.object({ cpu: z.number() }),
  needs: { machines: MACHINES },
  async run(input, { site, machines }) {
    const { tier } = input;
    const now = site.placement.topology.tiers.find(({ name }) => name === tier)?.cpu ?? 0;
    const cpu = 'cpu' in input ? input.cpu : now * input.times;
    try {
      await machines.resize(tier, cpu);
    } catch (error) {
      if (error instanceof SettingError) throw new Refused({ what: error.what, why: error.why });
      throw error;
    }
    return { cpu };
  },
  sentence: ({ tier }, { cpu }) => `${tier} hosts have ${cpu} lab CPUs`,
});

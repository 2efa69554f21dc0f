import { applySettings } from '@loadstair/topology';
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { MACHINES } from '../capabilities.ts';
import { NOTHING, TIER } from '../fields.ts';
import { Refused } from '../problems.ts';

/** The sizes allowed are those of `--set`: what that refuses is refused here, in the same words. */
export const resize = defineAction({
  name: 'resize',
  summary: 'Give every host of a tier another CPU budget, lab CPUs, without a restart',
  subject: 'tier',
  input: z.strictObject({ tier: TIER, cpu: z.number().positive() }),
  result: NOTHING,
  needs: { machines: MACHINES },
  async run({ tier, cpu }, { site, machines }) {
    try {
      applySettings(site.placement.topology, [`${tier}.cpu=${cpu}`]);
    } catch (error) {
      const { what, why } = error as { readonly what?: string; readonly why?: string };
      if (what === undefined) throw error;
      throw new Refused({ what, why: why ?? '' });
    }
    await machines.resize(tier, cpu);
    return {};
  },
  sentence: ({ tier, cpu }) => `${tier} hosts have ${cpu} lab CPUs`,
});

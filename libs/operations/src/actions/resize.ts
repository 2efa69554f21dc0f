import { SettingError } from '@loadstair/topology';
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { MACHINES } from '../capabilities.ts';
import { TIER } from '../fields.ts';
import { Refused } from '../problems.ts';

/** The sizes allowed are those of `--set`: what the machines refuse for that reason is refused here, in the same words. */
export const resize = defineAction({
  name: 'resize',
  summary: 'Change the CPU budget of every host of a tier, in lab CPUs, without a restart',
  subject: 'tier',
  /** A size, a factor of the one that its hosts have now, or the size of another tier’s hosts. */
  input: z.union([
    z.strictObject({ tier: TIER, cpu: z.number().positive() }),
    z.strictObject({ tier: TIER, times: z.number().positive().max(16) }),
    z.strictObject({ tier: TIER, like: TIER }),
  ]),
  result: z.object({ cpu: z.number() }),
  needs: { machines: MACHINES },
  async run(input, { site, machines }) {
    const { tier } = input;
    const cpu = sizeOf(input, site.placement.topology.tiers);
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

type Wanted = { tier: string; cpu: number } | { tier: string; times: number } | { tier: string; like: string };

function sizeOf(wanted: Wanted, tiers: readonly { readonly name: string; readonly cpu: number }[]): number {
  if ('cpu' in wanted) return wanted.cpu;
  const model = 'like' in wanted ? wanted.like : wanted.tier;
  const found = tiers.find(({ name }) => name === model);
  if (found === undefined)
    throw new Refused({ what: `There is no tier ${model}.`, why: `tiers are ${tiers.map(({ name }) => name).join(', ')}` });
  return 'times' in wanted ? found.cpu * wanted.times : found.cpu;
}

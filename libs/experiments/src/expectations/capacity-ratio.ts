import { rateWithInterval } from '@loadstair/analysis';
import { z } from 'zod';
import { between } from '../bound.ts';
import { capacityTable } from '../capacity-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { PHASE, RATIO, TIER } from '../fields.ts';
import { steadyOf } from '../reading.ts';

/** How much more a tier holds in one phase than in another, by the load at which it would be full. */
export const capacityRatio = defineExpectation({
  kind: 'capacity-ratio',
  input: z.strictObject({ tier: TIER, phase: PHASE, to: PHASE, least: RATIO, most: RATIO }),
  phases: ({ phase, to }) => [phase, to],
  sentence: ({ phase, to, least, most }) => ({
    about: `capacity of ${phase}: about ×${rangeMiddle(least, most)} of ${to}`,
    expected: `×${least} to ×${most}`,
  }),
  observe(observed, { tier, phase, to }) {
    const own = steadyOf(observed, phase)?.saturation[tier];
    const other = steadyOf(observed, to)?.saturation[tier];
    if (own === undefined || other === undefined) return unseen(`the ${tier} tier was not measured in both phases`);
    return { own, other, ratio: own.load / other.load };
  },
  judge: ({ own, other, ratio }, { tier, least, most }) => ({
    measured: `×${ratio.toFixed(2)}: ${tier} tier would be full at ${rateWithInterval(own.load, own.interval)} and ${rateWithInterval(other.load, other.interval)}`,
    ...between(ratio, { least, most }),
    values: {
      ratio,
      ratioLow: own.interval[0] / other.interval[1],
      ratioHigh: own.interval[1] / other.interval[0],
      load: own.load,
      otherLoad: other.load,
    },
  }),
  table: (observed, { tier }) => capacityTable(observed, tier),
});

/** The whole number between two bounds that the expectation stands for. */
function rangeMiddle(least: number, most: number): string {
  return String(Math.round((least + most) / 2));
}

import { rateWithInterval } from '@loadstair/analysis';
import { z } from 'zod';
import { allHold, atLeast, atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { PHASE, RATIO } from '../fields.ts';
import { steadyOf } from '../reading.ts';
import { ratioOf, siteCapacityTable, siteFullAt } from '../site-capacity-reading.ts';

/**
 * The load at which the site’s first host would be full in one phase ÷ that in another, whichever tier that is. The claim holds where the
 * whole 95 % interval of the ratio lies between the bounds, so that "as much as before" is a claim that too few measurements cannot make:
 * equivalence by two one-sided tests (Schuirmann 1987, doi 10.1007/BF01068419). `most` null is no upper bound.
 */
export const siteCapacity = defineExpectation({
  kind: 'site-capacity',
  input: z.strictObject({ phase: PHASE, than: PHASE, least: RATIO, most: RATIO.nullable() }),
  phases: ({ phase, than }) => [phase, than],
  sentence: ({ phase, than, least, most }) => ({
    about: `load at which the site is full: ${phase} against ${than}`,
    expected: most === null ? `more, the 95 % interval above ×${least}` : `no change, the 95 % interval within ×${least} to ×${most}`,
  }),
  observe(observed, { phase, than }) {
    const [own, other] = [siteFullAt(steadyOf(observed, phase)), siteFullAt(steadyOf(observed, than))];
    return own === null || other === null ? unseen('it was not measured in both phases') : { own, other, ...ratioOf(own, other) };
  },
  judge: ({ own, other, ratio, interval: [low, high] }, { least, most }) => ({
    measured: `×${ratio.toFixed(2)} (×${low.toFixed(2)} to ×${high.toFixed(2)}): ${own.tier} full at ${rateWithInterval(own.load, own.interval)}, ${other.tier} at ${rateWithInterval(other.load, other.interval)}`,
    ...allHold(atLeast(low, least), ...(most === null ? [] : [atMost(high, most)])),
    values: { ratio, ratioLow: low, ratioHigh: high, load: own.load, otherLoad: other.load },
  }),
  table: siteCapacityTable,
});

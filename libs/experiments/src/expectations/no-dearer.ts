import { atMost } from '../bound.ts';
import { pricePer100 } from '../capacity-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { AGAINST, bothPhases, TIER } from '../fields.ts';

/** One phase's price of 100 arrivals/s is not above another's. */
export const noDearer = defineExpectation({
  kind: 'no-dearer',
  input: AGAINST.extend({ tier: TIER }),
  phases: bothPhases,
  sentence: ({ phase, than }) => ({ about: `${phase} is no dearer than ${than}`, expected: 'its 100 arrivals/s cost no more' }),
  observe(observed, { tier, phase, than }) {
    const [own, other] = [pricePer100(observed, phase, tier), pricePer100(observed, than, tier)];
    return own === null || other === null ? unseen('there is no price, or the tier was not measured') : { own, other };
  },
  judge: ({ own, other }) => ({
    measured: `${own.toFixed(2)} against ${other.toFixed(2)} a month for 100 arrivals/s`,
    ...atMost(own / other, 1),
    values: { pricePer100: own, otherPricePer100: other },
  }),
});

import { edgeTable, judgeRatio, perArrival } from '../edge-reading.ts';
import { defineExpectation } from '../expectation.ts';
import { AGAINST, bothPhases, RATIO } from '../fields.ts';
import { ratioRange } from '../reading.ts';

/** What the traffic of an arrival costs, ÷ that in another phase. It is priced for a month; an arrival's share of it is what compares. */
export const trafficPrice = defineExpectation({
  kind: 'traffic-price',
  input: AGAINST.extend({ least: RATIO, most: RATIO }),
  phases: bothPhases,
  sentence: ({ phase, than, least, most }) => ({
    about: `price of traffic per arrival: ${phase} against ${than}`,
    expected: ratioRange({ least, most }),
  }),
  observe: (observed, input) =>
    perArrival(observed, input, ({ trafficPerMonth, startMs, endMs }) =>
      trafficPerMonth === undefined ? undefined : trafficPerMonth * ((endMs - startMs) / 1000),
    ),
  judge: (seen, input) => judgeRatio(seen, input, (price) => `${price.toFixed(2)} a month for 1 arrival/s`),
  table: edgeTable,
});

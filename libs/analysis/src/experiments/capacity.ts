import { rate, rateWithInterval } from '../format.ts';
import { phasesOf, type Experiment } from './experiment.ts';
import { steadyOf, unseen, type Of } from './of.ts';
import type { Observed } from './observed.ts';
import type { ExperimentOutcome, ExpectationResult } from './outcome.ts';

/** How much more a tier holds in one phase than in another, by the load at which it would be full. */
export function capacityRatio({ tier, phase, to, least, most }: Of<'capacity-ratio'>, observed: Observed): ExpectationResult {
  const about = `${phase} holds ×${rangeMiddle(least, most)} of ${to}`;
  const expected = `×${least} to ×${most}`;
  const own = steadyOf(observed, phase)?.saturation[tier];
  const other = steadyOf(observed, to)?.saturation[tier];
  if (own === undefined || other === undefined) return unseen(about, expected, `the ${tier} tier was not measured in both`);
  const ratio = own.load / other.load;
  return {
    about,
    expected,
    measured: `×${ratio.toFixed(2)}: ${tier} tier would be full at ${rateWithInterval(own.load, own.interval)} and ${rateWithInterval(other.load, other.interval)}`,
    holds: ratio >= least && ratio <= most,
    details: [],
    values: {
      ratio,
      ratioLow: own.interval[0] / other.interval[1],
      ratioHigh: own.interval[1] / other.interval[0],
      load: own.load,
      otherLoad: other.load,
    },
  };
}

export function noDearer({ tier, phase, than }: Of<'no-dearer'>, observed: Observed): ExpectationResult {
  const about = `${phase} is no dearer than ${than}`;
  const expected = 'its 100 arrivals/s cost no more';
  const own = pricePer100(observed, phase, tier);
  const other = pricePer100(observed, than, tier);
  if (own === null || other === null) return unseen(about, expected, 'there is no price, or the tier was not measured');
  return {
    about,
    expected,
    measured: `${own.toFixed(2)} against ${other.toFixed(2)} a month for 100 arrivals/s`,
    holds: own <= other,
    details: [],
    values: { pricePer100: own, otherPricePer100: other },
  };
}

/** What phases with a price came to, side by side. */
export function capacityTable(experiment: Experiment, observed: Observed): ExperimentOutcome['table'] {
  const tier = experiment.expectations.find((one) => one.kind === 'capacity-ratio')?.tier;
  if (tier === undefined) return null;
  const names = phasesOf(experiment, false).map((phase) => phase.name);
  const rows = names.flatMap((name) => {
    const steady = steadyOf(observed, name);
    const saturation = steady?.saturation[tier];
    if (steady === null || saturation === undefined || steady.pricePerMonth === null) return [];
    const per100 = pricePer100(observed, name, tier);
    return [
      [
        name,
        `${rateWithInterval(saturation.load, saturation.interval)}`,
        rate(steady.pricePerMonth, 2),
        per100 === null ? '–' : rate(per100, 2),
      ],
    ];
  });
  return rows.length === 0 ? null : { head: ['', `${tier} tier full at`, 'price a month', 'for 100/s'], rows };
}

function pricePer100(observed: Observed, phase: string, tier: string): number | null {
  const steady = steadyOf(observed, phase);
  const load = steady?.saturation[tier]?.load;
  return load === undefined || steady === null || steady.pricePerMonth === null ? null : (100 * steady.pricePerMonth) / load;
}

/** The whole number between two bounds that the expectation stands for. */
function rangeMiddle(least: number, most: number): string {
  return String(Math.round((least + most) / 2));
}

import { rate, rateWithInterval } from '@loadstair/analysis';
import type { Observed, Steady } from './observed.ts';
import type { OutcomeTable } from './outcome.ts';
import { hostsOf, steadyOf } from './reading.ts';

/** What phases with a price came to, side by side; null where none has one. */
export function capacityTable(observed: Observed, tier: string): OutcomeTable | null {
  const rows = observed.phases.flatMap(({ name, steady }) => {
    const saturation = steady?.saturation[tier];
    if (steady === null || saturation === undefined || steady.pricePerMonth === null) return [];
    const per100 = pricePer100(observed, name, tier);
    return [
      [
        name,
        `${rateWithInterval(saturation.load, saturation.interval)}`,
        arrivalMs(steady, tier),
        rate(steady.pricePerMonth, 2),
        per100 === null ? '–' : rate(per100, 2),
      ],
    ];
  });
  return rows.length === 0 ? null : { head: ['', `${tier} tier full at`, 'CPU/arrival', 'a month', 'for 100/s'], rows };
}

/** CPU that the tier spends on an arrival. */
function arrivalMs(steady: Steady, tier: string): string {
  const cores = hostsOf(steady, tier).reduce((sum, host) => sum + host.cores, 0);
  return steady.achieved <= 0 ? '–' : `${((1000 * cores) / steady.achieved).toFixed(2)} ms`;
}

/** Price a month of so much of a phase's site as 100 arrivals/s fill. */
export function pricePer100(observed: Observed, phase: string, tier: string): number | null {
  const steady = steadyOf(observed, phase);
  const load = steady?.saturation[tier]?.load;
  return load === undefined || steady === null || steady.pricePerMonth === null ? null : (100 * steady.pricePerMonth) / load;
}

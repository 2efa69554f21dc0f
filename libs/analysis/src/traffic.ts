import { percent, rate } from '@loadstair/resources';
import type { PricedTraffic, RunData } from './run-data.ts';

/** A line an edge, and one for the site: what each sent at the highest load that held, and what a month of it would cost. */
export function trafficLines({ traffic }: Pick<RunData, 'traffic'>): string[] {
  if (traffic === undefined) return [];
  const { edges, site, load, priced, currency } = traffic;
  return [
    ...edges.map(
      ({ host, region, hitRatio, bytesPerS, perMonth }) =>
        `${host} ${region}: ${hitRatio === null ? 'no requests' : `${percent(hitRatio)} hits`}, ${sent(bytesPerS, perMonth, traffic)}`,
    ),
    `site: ${sent(site.bytesPerS, site.perMonth, traffic)}; at ${rate(load)} arrivals/s, prices in ${currency} of ${priced}`,
  ];
}

function sent(bytesPerS: number, perMonth: number, { currency }: PricedTraffic): string {
  return `${Math.round(bytesPerS / 1000).toLocaleString('en')} kB/s, ${perMonth.toFixed(2)} ${currency} a month`;
}

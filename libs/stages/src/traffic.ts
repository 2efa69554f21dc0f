import { loadSteps, stepHolds, type PricedTraffic, type RunData } from '@loadstair/analysis';
import { trafficPrice, type PriceTable } from './prices.ts';

/** A run with what was sent at the highest load that held, priced; the run as it is where there are no edges, or nothing held. */
export function withTraffic(run: RunData, table: PriceTable): RunData {
  const held = loadSteps(run)
    .filter((step) => step.edges !== undefined && stepHolds(step, run.profile.slo).holds)
    .toSorted((a, b) => b.offered - a.offered)[0];
  if (held?.edges === undefined) return run;
  const seconds = (held.endMs - held.startMs) / 1000;
  const edges = held.edges.map(({ host, region, bytesOut }) => ({ host, region, bytesPerS: bytesOut / seconds }));
  const siteBytesPerS = (held.originBytes ?? 0) / seconds;
  const price = trafficPrice({ edges, siteBytesPerS }, table);
  const traffic: PricedTraffic = {
    load: held.offered,
    priced: table.date,
    currency: table.currency,
    edges: edges.map((edge, index) => {
      const { hits = 0, misses = 0 } = held.edges?.[index] ?? {};
      return { ...edge, hitRatio: hits + misses === 0 ? null : hits / (hits + misses), perMonth: price.edges[edge.host] ?? 0 };
    }),
    site: { bytesPerS: siteBytesPerS, perMonth: price.site },
  };
  return { ...run, traffic };
}

import { loadSteps, stepHolds, type PricedTraffic, type RunData, type StepData } from '@loadstair/analysis';
import { trafficPrice, type PriceTable, type Traffic } from './prices.ts';

/** What was sent in a step; null where there are no edges. */
export function trafficIn({
  edges,
  originBytes = 0,
  startMs,
  endMs,
}: Pick<StepData, 'edges' | 'originBytes' | 'startMs' | 'endMs'>): Traffic | null {
  if (edges === undefined) return null;
  const perS = (bytes: number): number => bytes / ((endMs - startMs) / 1000);
  return {
    edges: edges.map(({ host, region, bytesOut }) => ({ host, region, bytesPerS: perS(bytesOut) })),
    siteBytesPerS: perS(originBytes),
  };
}

/** A run with what was sent at the highest load that held, priced; the run as it is where there are no edges, or nothing held. */
export function withTraffic(run: RunData, table: PriceTable): RunData {
  const held = loadSteps(run)
    .filter((step) => step.edges !== undefined && stepHolds(step, run.profile.slo).holds)
    .toSorted((a, b) => b.offered - a.offered)[0];
  const sent = held === undefined ? null : trafficIn(held);
  if (held === undefined || sent === null) return run;
  const price = trafficPrice(sent, table);
  const uses = new Map((held.edges ?? []).map((edge) => [edge.host, edge]));
  const traffic: PricedTraffic = {
    load: held.offered,
    priced: table.date,
    currency: table.currency,
    edges: sent.edges.map((edge) => {
      const { hits = 0, misses = 0 } = uses.get(edge.host) ?? {};
      return { ...edge, hitRatio: hits + misses === 0 ? null : hits / (hits + misses), perMonth: price.edges[edge.host] ?? 0 };
    }),
    site: { bytesPerS: sent.siteBytesPerS, perMonth: price.site },
  };
  return { ...run, traffic };
}

import type { Topology } from './topology.ts';

/** What help and advice show for examples: a stage, tiers and hosts that are there, whatever the catalogue comes to hold. */
export interface Examples {
  /** The first stage. */
  readonly first: number;
  /** The first stage whose load is spread over several hosts, and the one before it. */
  readonly stage: number;
  readonly before: number;
  /** All stages up to that one. */
  readonly compared: readonly number[];
  /** A tier of that stage that has several hosts, and one of them. */
  readonly tier: string;
  readonly host: string;
  /** The tier of that stage that others keep their data in, and a host of it. */
  readonly database: string;
  readonly databaseHost: string;
  /** The tier of that stage that clients reach. */
  readonly front: string;
}

/** @param topologies of stages 1, 2, …, in order */
export function examplesIn(topologies: readonly Topology[]): Examples {
  const index = topologies.findIndex(({ tiers }) => tiers.some(({ count }) => count > 1));
  const { tiers, links, stage } = topologies[index] ?? needed('a stage with several hosts in a tier');
  const { name: tier } = tiers.find(({ count }) => count > 1) ?? needed('that tier');
  const { to: database } = links.find(({ from }) => from === tier) ?? needed('a tier that it keeps its data in');
  const { name: front } = tiers.find((one) => one.public) ?? needed('a tier that clients reach');
  return {
    first: 1,
    stage,
    before: topologies[index - 1]?.stage ?? stage,
    compared: topologies.slice(0, index + 1).map((one) => one.stage),
    tier,
    host: `${tier}-1`,
    database,
    databaseHost: `${database}-1`,
    front,
  };
}

function needed(what: string): never {
  throw new Error(`The catalogue has no example of ${what}.`);
}

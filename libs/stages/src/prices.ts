import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '@loadstair/kit';
import { placesOf, type Topology } from '@loadstair/topology';
import { stages } from './catalogue.ts';

/** What hosts cost, at a date; `libs/stages/prices.json`, for everybody to change. */
export interface PriceTable {
  /** ISO date. */
  readonly date: string;
  readonly currency: string;
  readonly note: string;
  readonly perLabCpuMonth: number;
  readonly perGiBMonth: number;
  /** A GiB sent by an edge in a place, and one sent by the site itself, to users or to edges. */
  readonly perGiBFromEdge: Readonly<Record<string, number>>;
  readonly perGiBFromSite: number;
}

const FILE = join(import.meta.dirname, '../prices.json');

/** Exit status 2. */
export class BadPriceTable extends Problem {
  constructor(why: string) {
    super({ what: 'The price table cannot be used.', why, do: 'correct libs/stages/prices.json', code: 'E_PRICES', exit: 2 });
  }
}

/** The table in use. Throws BadPriceTable. */
export function readPrices(file = FILE): PriceTable {
  let table: Partial<PriceTable>;
  try {
    table = JSON.parse(readFileSync(file, 'utf8')) as Partial<PriceTable>;
  } catch (error) {
    throw new BadPriceTable((error as Error).message);
  }
  const { date, currency, note, perLabCpuMonth, perGiBMonth, perGiBFromSite } = table;
  const places = stages.flatMap(({ topology }) => placesOf(topology).map(({ name }) => name));
  const fromEdge = Object.fromEntries(places.map((place) => [`perGiBFromEdge.${place}`, table.perGiBFromEdge?.[place]]));
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new BadPriceTable('date is not of the form 2026-11-24');
  if (typeof currency !== 'string' || currency === '') throw new BadPriceTable('currency is missing');
  for (const [name, price] of Object.entries({ perLabCpuMonth, perGiBMonth, perGiBFromSite, ...fromEdge })) {
    if (typeof price !== 'number' || !Number.isFinite(price) || price < 0) throw new BadPriceTable(`${name} is not a price`);
  }
  return {
    date,
    currency,
    note: note ?? '',
    perLabCpuMonth: perLabCpuMonth as number,
    perGiBMonth: perGiBMonth as number,
    perGiBFromEdge: table.perGiBFromEdge as PriceTable['perGiBFromEdge'],
    perGiBFromSite: perGiBFromSite as number,
  };
}

/** Price of all hosts of a topology for a month, in the table's currency. */
export function priceOf(topology: Topology, table: PriceTable): number {
  return topology.tiers.reduce(
    (sum, { count, cpu, memoryMiB }) => sum + count * (cpu * table.perLabCpuMonth + (memoryMiB / 1024) * table.perGiBMonth),
    0,
  );
}

/** Bytes a second that a site sends, by who sends them. */
export interface Traffic {
  readonly edges: readonly { readonly host: string; readonly region: string; readonly bytesPerS: number }[];
  /** Of the site itself, to users and to edges that fetch. */
  readonly siteBytesPerS: number;
}

const MONTH_S = (365.25 * 24 * 3600) / 12;

/** What that traffic would cost, went it on for a month: by edge, and of the site itself. */
export function trafficPrice(
  traffic: Traffic,
  table: PriceTable,
): { readonly edges: Readonly<Record<string, number>>; readonly site: number; readonly all: number } {
  const price = (bytesPerS: number, perGiB: number): number => ((bytesPerS * MONTH_S) / 2 ** 30) * perGiB;
  const edges = Object.fromEntries(
    traffic.edges.map(({ host, region, bytesPerS }) => [host, price(bytesPerS, table.perGiBFromEdge[region] ?? 0)]),
  );
  const site = price(traffic.siteBytesPerS, table.perGiBFromSite);
  return { edges, site, all: Object.values(edges).reduce((sum, one) => sum + one, site) };
}

/** Sizes and prices of topologies as run folders keep them. */
export function priceBy(table: PriceTable): {
  readonly date: string;
  readonly currency: string;
  readonly of: (topology: Topology) => { readonly labCpus: number; readonly pricePerMonth: number };
} {
  return {
    date: table.date,
    currency: table.currency,
    of: (topology) => ({
      labCpus: topology.tiers.reduce((sum, tier) => sum + tier.count * tier.cpu, 0),
      pricePerMonth: priceOf(topology, table),
    }),
  };
}

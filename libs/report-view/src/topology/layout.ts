import type { Link, Tier, Topology } from '@loadstair/topology';

/** How much of a host is drawn: a card, a row, or a chip. */
export type Density = 'cards' | 'rows' | 'chips';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Cell extends Box {
  readonly host: string;
  readonly tier: string;
  readonly density: Density;
}

/** Room for words below the chips of a tier: a chip has none for the name of its host. */
export interface Foot extends Box {
  readonly tier: string;
}

export interface Header extends Box {
  readonly tier: Tier;
}

export interface Wire {
  readonly from: string;
  readonly to: string;
  /** An SVG path, right angles only. */
  readonly path: string;
  /** Where its label stands. */
  readonly at: readonly [x: number, y: number];
  /** From replicas straight up to what they follow; no request takes this way. */
  readonly follows?: true;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly clients: Box;
  readonly headers: readonly Header[];
  readonly cells: readonly Cell[];
  readonly feet: readonly Foot[];
  readonly wires: readonly Wire[];
}

const SIZES: Readonly<Record<Density, { readonly width: number; readonly height: number; readonly gap: number }>> = {
  /** Between two of them there is room for the word on a named one. */
  cards: { width: 132, height: 56, gap: 16 },
  rows: { width: 132, height: 26, gap: 6 },
  chips: { width: 28, height: 28, gap: 4 },
};
const CLIENTS = { width: 76, height: 40 };
const HEADER = 22;
const COLUMN_GAP = 68;
const TIER_GAP = 20;
/** How far below a tier that a link does not lead to its line passes: its label stands between the two. */
const PASSING = 20;
/** Lines of words below chips, and their height. */
export const FOOT_LINES = 3;
export const FOOT_LINE = 16;
/** A tier of no more hosts than this has rows among chips: they take no more room, and have names. */
const FEW = 3;
/** Hosts under each other before a tier takes a second column. */
const MOST_IN_COLUMN = 8;
/** Columns of chips that are no wider than a card. */
const CHIP_COLUMNS = 4;

/** By the number of hosts (ux.md §4). */
export function densityOf(topology: Topology): Density {
  const hosts = topology.tiers.reduce((sum, tier) => sum + tier.count, 0);
  return hosts <= 12 ? 'cards' : hosts <= 24 ? 'rows' : 'chips';
}

/** Of one tier in a picture of that density. */
function densityIn({ count }: Tier, density: Density): Density {
  return density === 'chips' && count <= FEW ? 'rows' : density;
}

/**
 * Where everything of a topology stands: columns in the order requests flow, hosts of a tier under each other. It depends
 * on the declaration alone, so the same stage is always the same picture.
 *
 * @param hosts names by tier, as far as they are known to differ from the declaration; new ones stand last
 */
export function layout(topology: Topology, density: Density, hosts: ReadonlyMap<string, readonly string[]> = new Map()): Layout {
  const sizeOf = (tier: Tier): (typeof SIZES)[Density] => SIZES[densityIn(tier, density)];
  const footOf = (tier: Tier): number => (densityIn(tier, density) === 'chips' ? FOOT_LINES * FOOT_LINE : 0);
  const columns = columnsOf(topology);
  const namesOf = (tier: Tier): readonly string[] =>
    hosts.get(tier.name) ?? Array.from({ length: tier.count }, (_, index) => `${tier.name}-${index + 1}`);
  const subColumns = (tier: Tier): number =>
    Math.max(densityIn(tier, density) === 'chips' ? CHIP_COLUMNS : 1, Math.ceil(namesOf(tier).length / MOST_IN_COLUMN));
  const perColumn = (tier: Tier): number => Math.ceil(namesOf(tier).length / subColumns(tier));
  const tierSize = (tier: Tier): { width: number; height: number } => {
    const size = sizeOf(tier);
    return {
      width: Math.max(SIZES.cards.width, subColumns(tier) * (size.width + size.gap) - size.gap),
      height: HEADER + perColumn(tier) * (size.height + size.gap) - size.gap + footOf(tier),
    };
  };
  const heights = columns.map((tiers) => tiers.reduce((sum, tier) => sum + tierSize(tier).height + TIER_GAP, -TIER_GAP));
  const height = Math.max(CLIENTS.height + HEADER, ...heights);

  const headers: Header[] = [];
  const cells: Cell[] = [];
  const feet: Foot[] = [];
  const groups = new Map<string, Box>();
  const clients = { x: 0, y: (height - CLIENTS.height + HEADER) / 2, ...CLIENTS };
  groups.set('clients', clients);
  let x = CLIENTS.width + COLUMN_GAP;
  for (const [index, tiers] of columns.entries()) {
    const width = Math.max(...tiers.map((tier) => tierSize(tier).width));
    let y = (height - (heights[index] ?? 0)) / 2;
    for (const tier of tiers) {
      const own = tierSize(tier);
      const size = sizeOf(tier);
      headers.push({ tier, x, y, width, height: HEADER });
      groups.set(tier.name, { x, y: y + HEADER, width: own.width, height: own.height - HEADER });
      const foot = footOf(tier);
      if (foot > 0) feet.push({ tier: tier.name, x, y: y + own.height - foot, width: own.width, height: foot });
      for (const [nth, host] of namesOf(tier).entries()) {
        const column = Math.floor(nth / perColumn(tier));
        const row = nth % perColumn(tier);
        cells.push({
          host,
          tier: tier.name,
          density: densityIn(tier, density),
          x: x + column * (size.width + size.gap),
          y: y + HEADER + row * (size.height + size.gap),
          width: size.width,
          height: size.height,
        });
      }
      y += own.height + TIER_GAP;
    }
    x += width + COLUMN_GAP;
  }
  return {
    width: x - COLUMN_GAP,
    // A line that passes below the tallest column is still in the picture.
    height: Math.max(height, ...lanesOf(topology, groups)),
    clients,
    headers,
    cells,
    feet,
    wires: topology.links.map((link) => (link.role === 'wal' ? followed(link, groups) : wire(link, groups))),
  };
}

function lanesOf({ links }: Topology, groups: ReadonlyMap<string, Box>): number[] {
  return links.filter(({ role }) => role !== 'wal').flatMap((link) => laneOf(link, groups) ?? []);
}

/** Tiers by how far they are from the clients along the links; those equally far stand under each other. */
function columnsOf(topology: Topology): Tier[][] {
  const depth = new Map<string, number>([['clients', 0]]);
  // A path has no more links than there are tiers.
  for (let round = 0; round < topology.tiers.length; round += 1)
    for (const { from, to } of topology.links.filter((link) => link.role !== 'wal')) {
      const reached = depth.get(from);
      if (reached !== undefined && to !== from) depth.set(to, Math.min(topology.tiers.length, Math.max(depth.get(to) ?? 0, reached + 1)));
    }
  const columns = new Map<number, Tier[]>();
  for (const tier of topology.tiers) {
    const at = depth.get(tier.name) ?? 1;
    columns.set(at, [...(columns.get(at) ?? []), tier]);
  }
  return [...columns].sort(([a], [b]) => a - b).map(([, tiers]) => tiers);
}

type Ends = Pick<Link, 'from' | 'to'>;

function endsOf({ from, to }: Ends, groups: ReadonlyMap<string, Box>): [Box, Box] {
  const a = groups.get(from);
  const b = groups.get(to);
  if (a === undefined || b === undefined) throw new Error(`A link from ${from} to ${to} has no tier.`);
  return [a, b];
}

/** Both tiers stand in one column, the one that follows below. */
function followed({ from, to }: Ends, groups: ReadonlyMap<string, Box>): Wire {
  const [a, b] = endsOf({ from, to }, groups);
  const x = a.x + a.width / 2;
  const [startY, endY] = [a.y - HEADER, b.y + b.height];
  return { from, to, path: `M${x} ${startY}V${endY + 2}`, at: [x, (startY + endY) / 2], follows: true };
}

/** Where a line from one tier to another passes below those between them; null where none stands in its way. */
function laneOf({ from, to }: Ends, groups: ReadonlyMap<string, Box>): number | null {
  const [a, b] = endsOf({ from, to }, groups);
  const y = a.y + a.height / 2;
  const between = [...groups.values()].filter((box) => box.x > a.x + a.width && box.x + box.width < b.x);
  if (!between.some((box) => box.y - HEADER <= y && y <= box.y + box.height)) return null;
  return Math.max(...between.map((box) => box.y + box.height)) + PASSING;
}

function wire({ from, to }: Ends, groups: ReadonlyMap<string, Box>): Wire {
  const [a, b] = endsOf({ from, to }, groups);
  const [startX, startY] = [a.x + a.width, a.y + a.height / 2];
  const [endX, endY] = [b.x, b.y + b.height / 2];
  const middle = endX - COLUMN_GAP / 2;
  const lane = laneOf({ from, to }, groups);
  if (lane !== null) {
    const path = `M${startX} ${startY}H${startX + COLUMN_GAP / 2}V${lane}H${middle}V${endY}H${endX - 2}`;
    return { from, to, path, at: [middle - COLUMN_GAP, lane - 6] };
  }
  return { from, to, path: `M${startX} ${startY}H${middle}V${endY}H${endX - 2}`, at: [middle, Math.min(startY, endY) - 8] };
}

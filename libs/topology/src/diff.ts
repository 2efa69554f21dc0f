import { CACHE_KEYS } from './cache.ts';
import { FAULT_NAMES } from './faults.ts';
import type { Link, Tier, Topology } from './topology.ts';

/** What is different between two topologies. */
export interface TopologyDiff {
  readonly from: Topology;
  readonly to: Topology;
  readonly addedTiers: readonly Tier[];
  readonly removedTiers: readonly Tier[];
  readonly changedTiers: readonly { readonly before: Tier; readonly after: Tier; readonly changes: readonly string[] }[];
  readonly addedLinks: readonly Link[];
  readonly removedLinks: readonly Link[];
}

export function diff(from: Topology, to: Topology): TopologyDiff {
  const tier = (topology: Topology, name: string): Tier | undefined => topology.tiers.find((one) => one.name === name);
  const same = (a: Link, b: Link): boolean => a.from === b.from && a.to === b.to && a.protocol === b.protocol;
  return {
    from,
    to,
    addedTiers: to.tiers.filter((one) => tier(from, one.name) === undefined),
    removedTiers: from.tiers.filter((one) => tier(to, one.name) === undefined),
    changedTiers: to.tiers.flatMap((after) => {
      const before = tier(from, after.name);
      if (before === undefined) return [];
      const changes = tierChanges(before, after);
      return changes.length === 0 ? [] : [{ before, after, changes }];
    }),
    addedLinks: to.links.filter((link) => !from.links.some((one) => same(one, link))),
    removedLinks: from.links.filter((link) => !to.links.some((one) => same(one, link))),
  };
}

function tierChanges(before: Tier, after: Tier): string[] {
  const changes: string[] = [];
  const note = (what: string, a: number | string, b: number | string): void => {
    if (a !== b) changes.push(`${what} ${a} → ${b}`);
  };
  note('hosts', before.count, after.count);
  note('lab CPUs', before.cpu, after.cpu);
  note('memory', `${before.memoryMiB} MiB`, `${after.memoryMiB} MiB`);
  note('runs', before.components.join(' + '), after.components.join(' + '));
  note('distance', `${before.distanceMs} ms`, `${after.distanceMs} ms`);
  note('address', before.public ? 'public' : 'private', after.public ? 'public' : 'private');
  for (const key of [
    'pool',
    'maxconn',
    'consistency',
    'sync',
    'delay',
    'sticky',
    'likes',
    'keep',
    'down',
    ...CACHE_KEYS,
    ...FAULT_NAMES,
  ] as const)
    note(key, before.settings[key] ?? 'none', after.settings[key] ?? 'none');
  return changes;
}

/** The difference as people read it, one line a change. */
export function diffLines(difference: TopologyDiff): string[] {
  const { from, to } = difference;
  const lines = [`${from.stage} ${from.slug} → ${to.stage} ${to.slug}`];
  for (const tier of difference.removedTiers) lines.push(`  - tier ${tier.name}   ${describe(tier)}`);
  for (const tier of difference.addedTiers) lines.push(`  + tier ${tier.name}   ${describe(tier)}`);
  for (const { after, changes } of difference.changedTiers) lines.push(...wrapped(`  ~ tier ${after.name}   `, changes));
  for (const link of difference.removedLinks) lines.push(`  - link ${link.from} → ${link.to}   ${link.protocol}`);
  for (const link of difference.addedLinks) lines.push(`  + link ${link.from} → ${link.to}   ${link.protocol}`);
  if (lines.length === 1) lines.push('  no difference');
  return lines;
}

const COLUMNS = 80;

/** Parts behind a head, as many a line as fit; further lines stand under the first part. */
function wrapped(head: string, parts: readonly string[]): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && [...last].length + part.length + 2 < COLUMNS) lines[lines.length - 1] = `${last}, ${part}`;
    else lines.push(`${lines.length === 0 ? head : ' '.repeat(head.length)}${part}`);
  }
  return lines.map((line, index) => (index < lines.length - 1 ? `${line},` : line));
}

function describe(tier: Tier): string {
  const hosts = tier.count === 1 ? '1 host' : `${tier.count} hosts`;
  return `${hosts}, ${tier.components.join(' + ')}, ${tier.cpu} lab CPU, ${tier.memoryMiB} MiB`;
}

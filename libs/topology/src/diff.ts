import { declaredOf, type Components } from './declared.ts';
import { namesOf } from './names.ts';
import { distanceBetween, pairsOf, placesOf } from './places.ts';
import type { Link, Place, Tier, Topology } from './topology.ts';

/** What is different between two topologies. */
export interface TopologyDiff {
  readonly from: Topology;
  readonly to: Topology;
  readonly addedTiers: readonly Tier[];
  readonly removedTiers: readonly Tier[];
  readonly changedTiers: readonly { readonly before: Tier; readonly after: Tier; readonly changes: readonly string[] }[];
  readonly addedLinks: readonly Link[];
  readonly removedLinks: readonly Link[];
  readonly addedPlaces: readonly Place[];
  readonly removedPlaces: readonly Place[];
  /** One sentence each: users that moved, distances and names that are others. */
  readonly changedWays: readonly string[];
}

export function diff(from: Topology, to: Topology, components: Components): TopologyDiff {
  const tier = (topology: Topology, name: string): Tier | undefined => topology.tiers.find((one) => one.name === name);
  const same = (a: Link, b: Link): boolean => a.from === b.from && a.to === b.to && a.role === b.role;
  return {
    from,
    to,
    addedTiers: to.tiers.filter((one) => tier(from, one.name) === undefined),
    removedTiers: from.tiers.filter((one) => tier(to, one.name) === undefined),
    changedTiers: to.tiers.flatMap((after) => {
      const before = tier(from, after.name);
      if (before === undefined) return [];
      const changes = tierChanges(before, after, components);
      return changes.length === 0 ? [] : [{ before, after, changes }];
    }),
    addedLinks: to.links.filter((link) => !from.links.some((one) => same(one, link))),
    removedLinks: from.links.filter((link) => !to.links.some((one) => same(one, link))),
    addedPlaces: placesOf(to).filter(({ name }) => placesOf(from).every((one) => one.name !== name)),
    removedPlaces: placesOf(from).filter(({ name }) => placesOf(to).every((one) => one.name !== name)),
    changedWays: [...changedPlaces(from, to), ...changedNames(from, to)],
  };
}

function changedPlaces(from: Topology, to: Topology): string[] {
  const users = placesOf(to).flatMap((after) => {
    const before = placesOf(from).find(({ name }) => name === after.name);
    return before === undefined || before.users === after.users
      ? []
      : [`~ place ${after.name}   users ${shareOf(before)} → ${shareOf(after)}`];
  });
  const distances = pairsOf(to).flatMap(([one, other]) => {
    if (!pairsOf(from).some((pair) => pair.includes(one) && pair.includes(other))) return [];
    const [before, after] = [distanceBetween(from, one, other), distanceBetween(to, one, other)];
    return before === after ? [] : [`~ distance ${one} – ${other}   ${before} ms → ${after} ms`];
  });
  return [...users, ...distances];
}

function changedNames(from: Topology, to: Topology): string[] {
  const text = (topology: Topology, name: string): string | null => {
    const found = namesOf(topology).find((one) => one.name === name);
    return found === undefined ? null : `${found.tiers.join(', ')}, ${found.policy.kind}, kept ${found.policy.ttlS} s`;
  };
  const names = [...new Set([...(from.names ?? []), ...(to.names ?? [])].map(({ name }) => name))];
  return names.flatMap((name) => {
    const [before, after] = [text(from, name), text(to, name)];
    if (before === after) return [];
    if (before === null) return [`+ name ${name}   ${after}`];
    return after === null ? [`- name ${name}   ${before}`] : [`~ name ${name}   ${before} → ${after}`];
  });
}

function shareOf({ users }: Place): string {
  return `${Math.round(users * 100)} %`;
}

function tierChanges(before: Tier, after: Tier, components: Components): string[] {
  const changes: string[] = [];
  const note = (what: string, a: number | string, b: number | string): void => {
    if (a !== b) changes.push(`${what} ${a} → ${b}`);
  };
  note('hosts', before.count, after.count);
  note('lab CPUs', before.cpu, after.cpu);
  note('memory', `${before.memoryMiB} MiB`, `${after.memoryMiB} MiB`);
  note('runs', before.components.join(' + '), after.components.join(' + '));
  const distance = ({ distanceMs }: Tier): string => (distanceMs === undefined ? 'that between its places' : `${distanceMs} ms`);
  // A distance of 0 and none are the same where there is one place.
  if ((before.distanceMs ?? 0) !== (after.distanceMs ?? 0)) note('distance', distance(before), distance(after));
  note('places', placesText(before), placesText(after));
  note('address', before.public ? 'public' : 'private', after.public ? 'public' : 'private');
  for (const kind of new Set([...before.components, ...after.components])) {
    for (const key of Object.keys(declaredOf(components, kind).settings))
      note(key, before.settings[kind]?.[key] ?? 'none', after.settings[kind]?.[key] ?? 'none');
  }
  return changes;
}

function placesText({ places }: Tier): string {
  return places === undefined ? 'the first place' : places.join(', ');
}

/** The difference as people read it, one line a change. */
export function diffLines(difference: TopologyDiff): string[] {
  const { from, to } = difference;
  const lines = [`${from.stage} ${from.slug} → ${to.stage} ${to.slug}`];
  const placeLine = (sign: string, place: Place, { distances = [] }: Topology): string => {
    const ways = distances.flatMap(({ between, ms }) =>
      between.includes(place.name) ? [`${ms} ms from ${between.find((name) => name !== place.name)}`] : [],
    );
    return `  ${sign} place ${place.name}   ${[place.kind, `${shareOf(place)} of the users`, ...ways].join(', ')}`;
  };
  for (const place of difference.removedPlaces) lines.push(placeLine('-', place, from));
  for (const place of difference.addedPlaces) lines.push(placeLine('+', place, to));
  lines.push(...difference.changedWays.map((line) => `  ${line}`));
  for (const tier of difference.removedTiers) lines.push(`  - tier ${tier.name}   ${describe(tier)}`);
  for (const tier of difference.addedTiers) lines.push(`  + tier ${tier.name}   ${describe(tier)}`);
  for (const { after, changes } of difference.changedTiers) lines.push(...wrapped(`  ~ tier ${after.name}   `, changes));
  for (const link of difference.removedLinks) lines.push(`  - link ${link.from} → ${link.to}   ${link.role}`);
  for (const link of difference.addedLinks) lines.push(`  + link ${link.from} → ${link.to}   ${link.role}`);
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

import { MAX_PLACES } from './address-plan.ts';
import { declaredOf, smallestMemory, tooManyOf, wordsOf, type Components } from './declared.ts';
import { namesOf } from './names.ts';
import { pairsOf, placesOf, placesOfTier } from './places.ts';
import { BIGGEST, MAX_DISTANCE_MS, MAX_HOSTS_OF_TIER, SMALLEST } from './sizes.ts';
import type { Tier, Topology } from './topology.ts';

/** Shares of users that were typed as decimals. */
const ROUNDING = 1e-6;

/** What is wrong with a topology, one sentence each; empty when it can be run. */
export function validate(topology: Topology, components: Components): string[] {
  const problems: string[] = [];
  const names = topology.tiers.map((tier) => tier.name);
  for (const [index, name] of names.entries()) {
    if (!/^[a-z][a-z-]*$/.test(name) || name === 'clients') problems.push(`Tier name "${name}" is not a lower-case word.`);
    if (names.indexOf(name) !== index) problems.push(`Tier ${name} is declared twice.`);
  }
  for (const tier of topology.tiers) {
    const within = (what: string, value: number, low: number, high: number): void => {
      if (!(value >= low && value <= high)) problems.push(`${tier.name}.${what} is ${value}; allowed is ${low} to ${high}.`);
    };
    if (!Number.isInteger(tier.count)) problems.push(`${tier.name}.count is ${tier.count}; it must be a whole number.`);
    within('count', tier.count, 1, MAX_HOSTS_OF_TIER);
    within('cpu', tier.cpu, SMALLEST.cpu, BIGGEST.cpu);
    within('memory', tier.memoryMiB, Math.max(SMALLEST.memoryMiB, smallestMemory(tier.components, components)), BIGGEST.memoryMiB);
    within('distance', tier.distanceMs ?? 0, 0, MAX_DISTANCE_MS);
    problems.push(...settingProblems(topology, tier, components), ...sharedKeys(tier, components));
    if (tier.components.length === 0) problems.push(`Tier ${tier.name} has no components.`);
  }
  for (const { from, to } of topology.links) {
    for (const end of [from, to]) {
      if (end !== 'clients' && !names.includes(end)) problems.push(`The link ${from} → ${to} ends at ${end}, which is not a tier.`);
    }
  }
  const strange = topology.groups?.find((group) => !names.includes(group));
  if (strange !== undefined) problems.push(`${strange} is a group of databases, but not a tier.`);
  for (const kind of new Set(topology.tiers.flatMap((tier) => tier.components))) {
    problems.push(...(declaredOf(components, kind).problems?.(topology) ?? []));
  }
  problems.push(...placeProblems(topology), ...nameProblems(topology));
  const tooMany = tooManyOf(
    topology.tiers.map((tier) => ({ tier, count: tier.count })),
    components,
  );
  if (tooMany !== null) problems.push(tooMany.why);
  const entry = topology.links.find((link) => link.from === 'clients');
  if (entry === undefined) problems.push('No link starts at clients.');
  else if (!topology.tiers.some((tier) => tier.name === entry.to && tier.public)) {
    problems.push(`Clients are linked to ${entry.to}, which has no public address.`);
  }
  return problems;
}

function placeProblems(topology: Topology): string[] {
  const problems: string[] = [];
  const places = placesOf(topology);
  const names = places.map(({ name }) => name);
  if (places.length > MAX_PLACES) problems.push(`There are ${places.length} places; an instance has addresses for ${MAX_PLACES}.`);
  for (const [index, { name, users }] of places.entries()) {
    if (!/^[a-z][a-z0-9-]*$/.test(name)) problems.push(`Place name "${name}" is not a lower-case word.`);
    if (names.indexOf(name) !== index) problems.push(`Place ${name} is declared twice.`);
    if (!(users >= 0 && users <= 1)) problems.push(`Place ${name} has a share of ${users} of the users; a share is from 0 to 1.`);
  }
  const all = places.reduce((sum, { users }) => sum + users, 0);
  if (Math.abs(all - 1) > ROUNDING) problems.push(`The shares of users of all places add up to ${all}; they must add up to 1.`);
  for (const tier of topology.tiers) {
    const unknown = placesOfTier(topology, tier).find((name) => !names.includes(name));
    if (unknown !== undefined) problems.push(`Tier ${tier.name} is in ${unknown}, which is not a place.`);
    if (tier.places?.length === 0) problems.push(`Tier ${tier.name} is in no place.`);
  }
  const distances = topology.distances ?? [];
  for (const { between, ms } of distances) {
    const [from, to] = between;
    if (from === to || !names.includes(from) || !names.includes(to))
      problems.push(`The distance ${from} – ${to} is not between two places.`);
    if (!(ms >= 0 && ms <= MAX_DISTANCE_MS)) problems.push(`${from} – ${to} is ${ms} ms; allowed is 0 to ${MAX_DISTANCE_MS}.`);
  }
  for (const [from, to] of pairsOf(topology)) {
    const given = distances.filter(({ between }) => between.includes(from) && between.includes(to)).length;
    if (given !== 1) problems.push(`The distance between ${from} and ${to} is ${given === 0 ? 'not given' : 'given more than once'}.`);
  }
  return problems;
}

function nameProblems(topology: Topology): string[] {
  const places = placesOf(topology).map(({ name }) => name);
  return namesOf(topology).flatMap(({ name, tiers, policy }) => {
    const closed = tiers.find((tierName) => !topology.tiers.some((tier) => tier.name === tierName && tier.public));
    const asked = policy.kind === 'weighted' ? Object.keys(policy.weights) : policy.kind === 'failover' ? policy.order : [];
    const unknown = asked.find((place) => !places.includes(place));
    return [
      ...(closed === undefined ? [] : [`${name} stands for ${closed}, which is not a public tier.`]),
      ...(unknown === undefined ? [] : [`${name} is answered with hosts in ${unknown}, which is not a place.`]),
      ...(policy.kind === 'weighted' && Object.values(policy.weights).some((weight) => !(weight >= 0))
        ? [`A weight of ${name} is below 0.`]
        : []),
    ];
  });
}
function settingProblems(topology: Topology, tier: Tier, components: Components): string[] {
  return Object.entries(tier.settings).flatMap(([kind, values]) => {
    if (!tier.components.includes(kind)) return [`Tier ${tier.name} has settings of ${kind}, which it does not run.`];
    const { settings } = declaredOf(components, kind);
    return Object.entries(values).flatMap(([key, value]) => {
      const setting = settings[key];
      if (setting === undefined) return [`Tier ${tier.name} sets ${key}, which ${kind} does not have.`];
      const allowed = 'words' in setting ? wordsOf(setting, topology, tier).join(', ') : `${setting.low} to ${setting.high}`;
      const fits =
        'words' in setting
          ? wordsOf(setting, topology, tier).includes(String(value))
          : typeof value === 'number' && value >= setting.low && value <= setting.high;
      return fits ? [] : [`${tier.name}.${key} is ${value}; allowed is ${allowed}.`];
    });
  });
}

/** A key that two components of a tier have would be told from the other by nobody who types it. */
function sharedKeys({ name, components: kinds }: Tier, components: Components): string[] {
  const owners = new Map<string, string>();
  return kinds.flatMap((kind) =>
    Object.keys(declaredOf(components, kind).settings).flatMap((key) => {
      const owner = owners.get(key);
      owners.set(key, owner ?? kind);
      return owner === undefined ? [] : [`Tier ${name} runs ${owner} and ${kind}, which both have a setting ${key}.`];
    }),
  );
}

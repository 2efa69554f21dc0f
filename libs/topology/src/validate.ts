import { cacheProblems } from './cache.ts';
import { connectionProblem } from './connections.ts';
import { FAULT_NAMES, FAULTS } from './faults.ts';
import { databaseGroups, replicaCount } from './replication.ts';
import { BIGGEST, MAX_DISTANCE_MS, MAX_HOSTS_OF_TIER, SMALLEST, smallestMemory } from './sizes.ts';
import type { Topology } from './topology.ts';

/** What is wrong with a topology, one sentence each; empty when it can be run. */
export function validate(topology: Topology): string[] {
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
    within('memory', tier.memoryMiB, smallestMemory(tier.components), BIGGEST.memoryMiB);
    within('distance', tier.distanceMs, 0, MAX_DISTANCE_MS);
    for (const name of FAULT_NAMES) {
      const value = tier.settings[name];
      if (value !== undefined) within(name, value, FAULTS[name].low, FAULTS[name].high);
    }
    if (tier.components.length === 0) problems.push(`Tier ${tier.name} runs nothing.`);
  }
  for (const { from, to } of topology.links) {
    for (const end of [from, to]) {
      if (end !== 'clients' && !names.includes(end)) problems.push(`The link ${from} → ${to} ends at ${end}, which is no tier.`);
    }
  }
  const groups = databaseGroups(topology);
  for (const tier of topology.tiers) {
    const { sync = 0 } = tier.settings;
    const group = groups.find(({ name }) => name === tier.name);
    const most = group === undefined ? 0 : replicaCount(topology, group);
    if (sync > most) problems.push(`${tier.name}.sync is ${sync}; there are ${most} replicas: no commit would ever be answered.`);
  }
  problems.push(...cacheProblems(topology));
  const connections = connectionProblem(topology.tiers.map((tier) => ({ tier, count: tier.count })));
  if (connections !== null) problems.push(connections.problem);
  const entry = topology.links.find((link) => link.from === 'clients');
  if (entry === undefined) problems.push('No link comes from clients.');
  else if (!topology.tiers.some((tier) => tier.name === entry.to && tier.public)) {
    problems.push(`Clients go to ${entry.to}, which has no public address.`);
  }
  return problems;
}

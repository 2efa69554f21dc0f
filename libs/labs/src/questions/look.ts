import type { Topology } from '@loadstair/topology';
import type { Option } from '../answer.ts';
import { choice, reading, type Place, type Question } from '../question.ts';
import { tierOptions } from './options.ts';

/** How many hosts serve the site. */
export function hostCount(): Question {
  return reading('', {
    about: 'Hosts',
    means: [
      'A host is one machine: an address, a budget of CPU and memory, and the programs that run on it.',
      'A tier is all hosts that do the same work; its size is the number of these hosts.',
    ],
    measure({ topology }) {
      const count = topology.tiers.reduce((sum, tier) => sum + tier.count, 0);
      return {
        value: { at: count, within: 0, others: [] },
        words: String(count),
        because: [topology.tiers.map((tier) => `${tier.name} ×${tier.count}`).join(', ')],
        place: placeOf(topology),
      };
    },
  });
}

/** How many programs share one host of a tier. */
export function programsOn(tier: string): Question {
  return reading('', {
    about: `Programs on ${tier}-1`,
    means: ['A host may run several programs.', 'They all share the one CPU budget of the host.'],
    measure({ topology }) {
      const components = topology.tiers.find((one) => one.name === tier)?.components ?? [];
      return {
        value: { at: components.length, within: 0, others: [] },
        words: `${components.length}: ${components.join(', ')}`,
        because: [],
        place: placeOf(topology),
      };
    },
  });
}

/** Which tier clients may connect to. */
export function publicTier(topology: Topology): Question {
  return choice(tierOptions(topology), {
    about: 'Tier that clients reach',
    means: ['Clients can connect to public addresses only.', 'Only other hosts of the site can reach a host without one.'],
    measure({ topology: own }) {
      const open = own.tiers.filter((tier) => tier.public).map((tier) => tier.name);
      return { value: open, words: `${open.join(', ')}`, because: [], place: placeOf(own) };
    },
  });
}

/** In which order tiers are called for something that no tier on the way keeps. */
export function askedInOrder(topology: Topology): Question {
  const right = readOrder(topology);
  return choice(orderOptions(topology, right), {
    about: 'Order of the tiers',
    means: [
      'A link shows which tier calls which; a tier that does not have the answer calls the next one.',
      'A tier takes its place in the order with its first call, even when it does not have the answer.',
    ],
    measure: ({ topology: shown }) => ({
      value: [valueOf(readOrder(shown))],
      words: wordsOf(readOrder(shown)),
      because: [],
      place: placeOf(shown),
    }),
  });
}

/** From who is asked by clients and asks on, through caches, to whoever answers reads: replicas where there are any. */
function readOrder(topology: Topology): readonly string[] {
  const asked = (from: string, role: string): string[] =>
    topology.links.filter((link) => link.from === from && link.role === role).map(({ to }) => to);
  const longest = (from: string): string[] =>
    asked(from, 'http')
      .map((to) => [to, ...longest(to)])
      .toSorted((a, b) => b.length - a.length)[0] ?? [];
  const way = longest('clients');
  const server = way.at(-1) ?? 'clients';
  const databases = asked(server, 'sql');
  const database = databases.find((tier) => isReplica(topology, tier)) ?? databases[0];
  return [...way, ...asked(server, 'cache'), ...(database === undefined ? [] : [database])];
}

function isReplica({ links }: Topology, tier: string): boolean {
  return links.some(({ from, role }) => from === tier && role === 'wal');
}

/** The right order among ones that are easily thought so: two neighbours the other way round, one left out, the primary asked too. */
function orderOptions(topology: Topology, right: readonly string[]): Option[] {
  const last = right.length - 1;
  const swapped = (index: number): readonly string[] =>
    right.map((tier, at) => (at === index ? right[index + 1] : at === index + 1 ? right[index] : tier) as string);
  const primaries = topology.links.filter(({ from, role }) => from === right[last] && role === 'wal').map(({ to }) => to);
  const orders = [
    right,
    swapped(last - 1),
    swapped(Math.max(0, last - 2)),
    right.filter((_, index) => index !== last - 1),
    ...primaries.map((primary) => [...right.slice(0, last), primary, right[last] as string]),
  ];
  const options = new Map(orders.map((order) => [valueOf(order), { value: valueOf(order), label: wordsOf(order) }]));
  return [...options.values()].toSorted((a, b) => a.label.localeCompare(b.label, 'en'));
}

function valueOf(order: readonly string[]): string {
  return order.join('>');
}

function wordsOf(order: readonly string[]): string {
  return order.join(', then ');
}

function placeOf(topology: Topology): Place {
  return { kind: 'stage', stage: topology.stage, says: `the tiers of stage ${topology.stage}` };
}

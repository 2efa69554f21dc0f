import type { Topology } from '@loadstair/topology';
import { choice, reading, type Place, type Question } from '../question.ts';
import { tierOptions } from './options.ts';

/** How many hosts serve the site. */
export function hostCount(): Question {
  return reading('', {
    about: 'Hosts',
    means: [
      'A host is one machine: an address, a CPU and memory budget, and the programs that run on it.',
      'A tier is hosts of one role; its size is how many there are.',
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
    means: ['A host may run several programs.', 'Each of them spends from the one CPU budget of the host.'],
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
    about: 'Reached by clients',
    means: [
      'A public address is one that clients may connect to.',
      'Hosts with private addresses only are reached by other hosts of the site.',
    ],
    measure({ topology: own }) {
      const open = own.tiers.filter((tier) => tier.public).map((tier) => tier.name);
      return { value: open, words: `${open.join(', ')}`, because: [], place: placeOf(own) };
    },
  });
}

/** Through how many tiers the longest way of a request leads. */
export function tiersOnTheWay(): Question {
  return reading('', {
    about: 'Tiers on the way',
    means: ['A link says which tier asks which.', 'A request goes from tier to tier along the links until somebody can answer it.'],
    measure({ topology }) {
      const way = longestWay(topology, 'clients');
      return {
        value: { at: way.length, within: 0, others: [] },
        words: `${way.length}: ${way.join(' → ')}`,
        because: [],
        place: placeOf(topology),
      };
    },
  });
}

function longestWay(topology: Topology, from: string): string[] {
  // A replica's log does not lie on anybody's way.
  const asked = topology.links.filter((link) => link.from === from && link.role !== 'wal');
  const ways = asked.map((link) => [link.to, ...longestWay(topology, link.to)]);
  return ways.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

function placeOf(topology: Topology): Place {
  return { kind: 'stage', stage: topology.stage, says: `the tiers of stage ${topology.stage}` };
}

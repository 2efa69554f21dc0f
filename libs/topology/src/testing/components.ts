import type { Components, DeclaredComponent } from '../declared.ts';
import { placesOfTier } from '../places.ts';

/** Components that this library's own tests make up: what real ones declare is none of its business. */
const made: readonly DeclaredComponent[] = [
  {
    kind: 'site',
    leastMemoryMiB: 168,
    settings: {
      pool: { unit: null, whole: true, low: 1, high: 20, relieves: 'pool', meaning: 'connections' },
      colour: { words: ['red', 'green'], live: true, meaning: 'what it looks like' },
      block: { fault: true, unit: 'ms', whole: true, low: 1, high: 500, meaning: 'fault: ms for which nothing moves' },
    },
    problems: ({ tiers }) => tiers.flatMap(({ settings }) => (settings['site']?.['pool'] === 13 ? ['Nobody has 13 connections.'] : [])),
  },
  {
    kind: 'postgres',
    leastMemoryMiB: 64,
    settings: {
      lock: { fault: true, unit: 'ms', whole: true, low: 1, high: 500, meaning: 'fault: ms for which all wait' },
      disk: { fault: true, unit: 'KiB', whole: true, low: 16, high: 1000, meaning: 'fault: KiB a second the host may write' },
      delay: { unit: 'ms', whole: true, low: 0, high: 10, has: (_, { name }) => name === 'db-replica', meaning: 'ms to wait' },
    },
  },
  { kind: 'haproxy', leastMemoryMiB: 64, settings: {} },
  {
    kind: 'varnish',
    leastMemoryMiB: 64,
    settings: { down: { words: placesOfTier, silences: true, meaning: 'fault: place in which nobody is answered' } },
  },
  { kind: 'twin', leastMemoryMiB: 64, settings: { pool: { unit: null, whole: true, low: 1, high: 20, meaning: 'another pool' } } },
];

export const components: Components = new Map(made.map((one) => [one.kind, one]));

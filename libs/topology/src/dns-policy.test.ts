import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answerOf } from './dns-policy.ts';
import type { DnsPolicy } from './topology.ts';

const topology = {
  distances: [
    { between: ['east', 'west'], ms: 60 },
    { between: ['east', 'south'], ms: 20 },
    { between: ['south', 'west'], ms: 70 },
  ],
} as const;
const hosts = [
  { name: 'lb-1', place: 'east' },
  { name: 'lb-2', place: 'west' },
  { name: 'lb-3', place: 'east' },
];
const PLACES = ['east', 'west', 'south'];

const ask = (policy: DnsPolicy, place: string, dead: readonly string[] = [], draw = 0): string[] =>
  answerOf(policy, topology, hosts, ({ name }) => !dead.includes(name), { place, draw }).map(({ name }) => name);

const nearest: DnsPolicy = { kind: 'nearest', ttlS: 60, checked: false };
const weighted: DnsPolicy = { kind: 'weighted', ttlS: 5, checked: true, weights: { east: 70, west: 30 } };
const failover: DnsPolicy = { kind: 'failover', ttlS: 5, order: ['east', 'west'] };

describe('nearest', () => {
  it('answers with all hosts of the asker’s place, or of the nearest that has some', () => {
    expect(ask(nearest, 'east')).toEqual(['lb-1', 'lb-3']);
    expect(ask(nearest, 'west')).toEqual(['lb-2']);
    expect(ask(nearest, 'south')).toEqual(['lb-1', 'lb-3']);
  });

  it('knows of no health unless it is told to check', () => {
    expect(ask(nearest, 'west', ['lb-2'])).toEqual(['lb-2']);
    expect(ask({ ...nearest, checked: true }, 'west', ['lb-2'])).toEqual(['lb-1', 'lb-3']);
    expect(ask({ ...nearest, checked: true }, 'east', ['lb-1'])).toEqual(['lb-3']);
  });
});

describe('weighted', () => {
  it('sends each place its share, wherever the asker is', () => {
    const draws = Array.from({ length: 1000 }, (_, index) => index / 1000);
    const west = draws.filter((draw) => ask(weighted, 'east', [], draw)[0] === 'lb-2');
    expect(west).toHaveLength(300);
  });

  it('leaves out a place with no healthy host', () => {
    for (const draw of [0, 0.5, 0.999]) expect(ask(weighted, 'west', ['lb-2'], draw)).toEqual(['lb-1', 'lb-3']);
    expect(ask({ ...weighted, weights: { west: 1 } }, 'east', ['lb-2'])).toEqual(['lb-1', 'lb-3']);
  });
});

describe('failover', () => {
  it('answers with the first place that has a healthy host', () => {
    expect(ask(failover, 'west')).toEqual(['lb-1', 'lb-3']);
    expect(ask(failover, 'west', ['lb-1'])).toEqual(['lb-3']);
    expect(ask(failover, 'east', ['lb-1', 'lb-3'])).toEqual(['lb-2']);
  });

  it('goes back when the first place is healthy again, and answers with it when nobody is', () => {
    expect(ask(failover, 'east', [])).toEqual(['lb-1', 'lb-3']);
    expect(ask(failover, 'east', ['lb-1', 'lb-2', 'lb-3'])).toEqual(['lb-1', 'lb-3']);
  });
});

it('there is always an answer, and never an unhealthy one beside a healthy one where health is checked', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(nearest, weighted, failover),
      fc.constantFrom(...PLACES),
      fc.subarray(hosts.map(({ name }) => name)),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (policy, place, dead, draw) => {
        const answered = ask(policy, place, dead, draw);
        expect(answered.length).toBeGreaterThan(0);
        if (policy !== nearest && dead.length < hosts.length) expect(answered.some((name) => dead.includes(name))).toBe(false);
      },
    ),
  );
  expect(answerOf(nearest, topology, [], () => true, { place: 'east', draw: 0 })).toEqual([]);
});

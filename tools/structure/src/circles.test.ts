import { expect, it } from '@jest/globals';
import { circlesOf } from './circles.ts';

const graph = (edges: Readonly<Record<string, string[]>>): Map<string, string[]> => new Map(Object.entries(edges));

it('finds circles of two and of more, and a node that leads to itself', () => {
  expect(circlesOf(graph({ a: ['b'], b: ['c'], c: ['a', 'd'], d: ['e'], e: ['d'], f: ['f', 'a'], g: ['a'] }))).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e'],
    ['f'],
  ]);
});

it('finds none where two ways lead to one node', () => {
  expect(circlesOf(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toEqual([]);
});

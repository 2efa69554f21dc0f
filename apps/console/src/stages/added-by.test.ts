import { expect, it } from '@jest/globals';
import { stages } from '@loadstair/stages';
import type { Topology } from '@loadstair/topology';
import { addedBy } from './added-by.ts';

const topology = (stage: number): Topology => (stages[stage - 1] as (typeof stages)[number]).topology;

it('stage 3 adds a balancer and a second web server', () => {
  expect(addedBy(topology(2), topology(3))).toEqual(['lb', 'web-2']);
});

it('nothing is added to itself', () => {
  expect(addedBy(topology(3), topology(3))).toEqual([]);
});

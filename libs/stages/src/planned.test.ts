import { expect, it } from '@jest/globals';
import { stages } from './catalogue.ts';
import { plannedStages } from './planned.ts';

it('go on where the catalogue ends, up to the last step of the story', () => {
  const LAST = 11;
  expect(plannedStages().map(({ stage }) => stage)).toEqual(
    Array.from({ length: LAST - stages.length }, (_, index) => stages.length + index + 1),
  );
});

it('have names of their own', () => {
  const slugs = [...stages.map(({ topology }) => topology.slug), ...plannedStages().map(({ slug }) => slug)];
  expect(new Set(slugs).size).toBe(slugs.length);
});

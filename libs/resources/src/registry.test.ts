import { expect, it } from '@jest/globals';
import { defineResource } from './module.ts';
import { moduleOf, registerResource, resourceKinds, UnknownResource } from './registry.ts';
import type { Use } from './resource.ts';

interface TideUse extends Use {
  readonly kind: 'tide';
}

const tide = defineResource<TideUse>({
  kind: 'tide',
  word: 'tide',
  use: ({ id }) => ({ kind: 'tide', resource: id, busy: 1, blocks: [] }),
  isNear: () => false,
  isFull: ({ busy }) => busy >= 1,
  atLimit: ({ busy }) => busy >= 1,
  query: ({ host }) => `tide{host="${host}"}`,
});

it('knows a kind that is handed in, until it is taken out again', () => {
  const forget = registerResource(tide);
  expect(moduleOf('tide')).toMatchObject({ word: 'tide', shortWord: 'tide', prominence: 'verdict' });
  expect(moduleOf('tide').spare(0.4)).toBe('at most 40 % of its limit used');
  expect(() => registerResource(tide)).toThrow('already');
  forget();
  expect(() => moduleOf('tide')).toThrow(UnknownResource);
});

it('asks Prometheus for every kind', () => {
  for (const kind of resourceKinds()) expect(moduleOf(kind).query({ host: 'web-1', tier: 'web' })).toMatch(/"(web-1|web)"/);
});

import { expect, it } from '@jest/globals';
import type { RequestRow } from '@loadstair/loadprofiles';
import { regions } from './regions.ts';

const row = (more: Partial<RequestRow>): RequestRow => ({
  step: 1,
  arrival: 0,
  journey: 'gallery',
  name: 'static',
  dueMs: 0,
  latencyMs: 5,
  outcome: 'ok',
  status: 200,
  last: false,
  ...more,
});

it('says by region where files came from, and how long they took', () => {
  const { byRegion } = regions([
    row({ region: 'west', via: 'miss', latencyMs: 70 }),
    row({ region: 'west', name: 'gallery', latencyMs: 90 }),
    row({ region: 'east', via: 'hit', latencyMs: 1 }),
    row({ region: 'east', via: 'fallback', latencyMs: 1200, outcome: 'timeout' }),
  ]);
  expect(byRegion).toMatchObject([
    { region: 'east', requests: 2, failed: 1, files: { hit: 1, miss: 0, origin: 0, fallback: 1 } },
    { region: 'west', requests: 2, failed: 0, files: { hit: 0, miss: 1, origin: 0, fallback: 0 }, fileLatency: { count: 1 } },
  ]);
});

it('says nothing where users have no regions', () => {
  expect(regions([row({})])).toEqual({});
});

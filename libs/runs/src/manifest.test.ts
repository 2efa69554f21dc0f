import { expect, it } from '@jest/globals';
import type { OwnProfile } from '@loadstair/load/own-profile';
import { profileIdentity } from './manifest.ts';

const mine: OwnProfile = {
  name: 'mine',
  purpose: 'Feeds are read.',
  slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 },
  journeys: { read: 1 },
  steps: { kind: 'climb' },
};

it('profiles of one’s own are alike when they say the same, not when they have one name', () => {
  expect(profileIdentity({ profile: 'reads' })).toBe('reads');
  const identity = profileIdentity({ profile: 'mine', ownProfile: mine });
  expect(identity).toMatch(/^mine \(#[0-9a-f]{6}\)$/);
  expect(profileIdentity({ profile: 'mine', ownProfile: structuredClone(mine) })).toBe(identity);
  expect(profileIdentity({ profile: 'mine', ownProfile: { ...mine, journeys: { read: 0.5, buy: 0.5 } } })).not.toBe(identity);
});

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { placeTopology, type Topology } from '@loadstair/topology';
import { userIds } from './identity.ts';
import { IsolationRules, isolationRules } from './isolation.ts';

const topology: Topology = {
  stage: 2,
  slug: '',
  title: '',
  tiers: [
    { name: 'web', count: 1, cpu: 1, memoryMiB: 256, components: ['site'], settings: {}, public: true, distanceMs: 0 },
    { name: 'db', count: 1, cpu: 1, memoryMiB: 256, components: ['postgres'], settings: {}, public: false, distanceMs: 0 },
  ],
  links: [{ from: 'clients', to: 'web', role: 'http' }],
};
const placement = placeTopology(topology, { instance: 7, labFolder: '/lab' });
const ids = userIds(7, '0 0 4294967295');

describe('rules of an instance', () => {
  const lines = isolationRules(placement, ids)
    .split('\n')
    .map((line) => line.trim());

  it('concern its own addresses only, and open the public door to everybody', () => {
    expect(lines.indexOf('ip daddr != 127.7.0.0/16 accept')).toBe(3);
    expect(lines).toContain('ip daddr { 127.7.100.1 } tcp dport 8080 accept');
  });

  it('refuse whoever is neither root nor a program of the instance', () => {
    expect(lines).toContain(`meta skuid != { 0, ${ids.first}-${ids.last} } meta l4proto tcp reject with tcp reset`);
    expect(lines).toContain(`meta skuid != { 0, ${ids.first}-${ids.last} } reject`);
  });

  it('let the load generator to doors, names and the receiver of its metrics only', () => {
    const k6 = lines.filter((line) => line.startsWith(`meta skuid ${ids.part('clients')} `));
    expect(k6.map((line) => line.replace(/^meta skuid \d+ /, ''))).toEqual([
      'ip daddr 127.7.254.1 udp dport 53 accept',
      'ip daddr 127.7.254.1 tcp dport 9090 accept',
      'meta l4proto tcp reject with tcp reset',
      'reject',
    ]);
  });

  it('keep hosts from the proxy that takes orders from everybody', () => {
    expect(lines).toContain('meta skuid != 0 ip daddr 127.7.254.1 tcp dport 8474 reject with tcp reset');
  });

  it('are what nft takes', () => {
    execFileSync('nft', ['--check', '-f', '-'], { input: isolationRules(placement, ids) });
  });
});

it('without nft, nobody is kept out, and that is said', async () => {
  expect(await new IsolationRules(undefined, ids).start(placement)).toEqual({ state: 'off', reason: 'nft was not found' });
});

import { expect, it } from '@jest/globals';
import { placeTopology, type Topology } from '@loadstair/topology';
import type { Cgroups } from '../budgets/cgroups.ts';
import { Silence, silenceRules } from './silence.ts';

const topology: Topology = {
  stage: 2,
  slug: '',
  title: '',
  tiers: [
    { name: 'web', count: 1, cpu: 1, memoryMiB: 256, components: ['site'], settings: {}, public: true, places: ['east'] },
    { name: 'db', count: 1, cpu: 1, memoryMiB: 256, components: ['postgres'], settings: {}, public: false, places: ['east'] },
  ],
  links: [{ from: 'clients', to: 'web', role: 'http' }],
  places: [
    { name: 'east', kind: 'data centre', users: 0.5 },
    { name: 'west', kind: 'edge location', users: 0.5 },
  ],
};
const placement = placeTopology(topology, { instance: 7, labFolder: '/lab' });
const [web, db] = placement.hosts as [(typeof placement.hosts)[number], (typeof placement.hosts)[number]];

it('a silent host is told by every address that stands for it, and by its control group', () => {
  const rules = (host: typeof web): string => silenceRules(placement, host, `loadstair-7/hosts/${host.name}`, `unified/${host.name}`);
  expect(rules(web)).toContain('ip saddr { 127.7.0.1, 127.7.100.1, 127.7.10.1, 127.7.11.1 } counter drop');
  expect(rules(db)).toContain('ip daddr { 127.7.0.2, 127.7.10.2, 127.7.11.2 } counter drop');
  expect(rules(web)).toContain('socket cgroupv2 level 3 "unified/web-1"');
});

const cgroups = { unifiedPath: () => null } as Partial<Cgroups> as Cgroups;

it.each([
  ['nft', undefined, cgroups, true],
  ['rules of the instance', '/bin/nft', cgroups, false],
  ['a unified tree of control groups', '/bin/nft', cgroups, true],
  ['control groups', '/bin/nft', null, true],
])('is not possible without %s', async (_, nft, groups, stands) => {
  const silence = new Silence(nft, groups, () => stands);
  await silence.tryOut(placement);
  expect(silence.possible).toBe(false);
  await expect(silence.begin(placement, web)).rejects.toThrow('web-1 cannot be made silent on this machine');
});

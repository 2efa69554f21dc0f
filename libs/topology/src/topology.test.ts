import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultsOf } from './declared.ts';
import { diff, diffLines } from './diff.ts';
import { addHosts, addTier, evolve, link, makePrivate, resize, splitTier, UnknownTier, unlink } from './evolve.ts';
import { nearMiss } from './near-miss.ts';
import { hashOf, placeTopology } from './place.ts';
import { addressFrom } from './places.ts';
import { applySettings, keysOf, SettingError } from './settings.ts';
import { components } from './testing/components.ts';
import type { Tier, Topology } from './topology.ts';
import { validate } from './validate.ts';

const tier = (name: string, change: Partial<Tier> = {}): Tier => ({
  name,
  count: 1,
  cpu: 1,
  memoryMiB: 256,
  components: ['site'],
  settings: { site: { pool: 20 } },
  public: false,
  distanceMs: 0,
  ...change,
});
const base: Topology = {
  stage: 1,
  slug: 'one',
  title: 'One',
  tiers: [tier('server', { public: true })],
  links: [{ from: 'clients', to: 'server', role: 'http' }],
};
const split = evolve(
  base,
  { stage: 2, slug: 'two', title: 'Two' },
  splitTier('server', [tier('web', { public: true }), tier('db', { components: ['postgres'], settings: {} })]),
  link('clients', 'web', 'http'),
  link('web', 'db', 'sql'),
);

describe('evolve', () => {
  it('leaves what it came from as it was', () => {
    const before = JSON.stringify(split);
    evolve(split, { stage: 3, slug: 'three', title: 'Three' }, addHosts('web', 2), resize('db', { cpu: 2 }));
    expect(JSON.stringify(split)).toBe(before);
  });

  it('puts a tier where the data flow reaches it', () => {
    const three = evolve(
      split,
      { stage: 3, slug: 'three', title: 'Three' },
      addTier(tier('lb', { public: true, components: ['haproxy'], settings: {} }), 'web'),
      makePrivate('web'),
      unlink('clients', 'web'),
      link('clients', 'lb', 'http'),
      link('lb', 'web', 'http'),
    );
    expect(three.tiers.map((one) => one.name)).toEqual(['lb', 'web', 'db']);
    expect(validate(three, components)).toEqual([]);
    expect(diffLines(diff(split, three, components))).toEqual([
      '2 two → 3 three',
      '  + tier lb   1 host, haproxy, 1 lab CPU, 256 MiB',
      '  ~ tier web   address public → private',
      '  - link clients → web   http',
      '  + link clients → lb   http',
      '  + link lb → web   http',
    ]);
  });

  it('names the tiers there are when one is unknown', () => {
    expect(() => addHosts('wbe', 1)(split)).toThrow(UnknownTier);
    expect(() => addHosts('wbe', 1)(split)).toThrow('Tiers are web, db.');
  });
});

describe('diff', () => {
  it('of a topology with itself is empty', () => {
    expect(diffLines(diff(split, split, components))).toEqual(['2 two → 2 two', '  no difference']);
  });
});

describe('validate', () => {
  it.each([
    [{ ...split, links: [] }, 'No link starts at clients.'],
    [{ ...split, links: [{ from: 'clients', to: 'db', role: 'sql' as const }] }, 'Clients are linked to db, which has no public address.'],
    [{ ...split, tiers: [...split.tiers, tier('web')] }, 'Tier web is declared twice.'],
    [{ ...split, tiers: [tier('web', { public: true, cpu: 9 }), tier('db')] }, 'web.cpu is 9; allowed is 0.1 to 4.'],
    [{ ...split, tiers: [tier('web', { settings: { site: { pool: 99 } } })] }, 'web.pool is 99; allowed is 1 to 20.'],
    [{ ...split, tiers: [tier('web', { settings: { site: { colour: 'blue' } } })] }, 'web.colour is blue; allowed is red, green.'],
    [{ ...split, tiers: [tier('web', { settings: { site: { pole: 9 } } })] }, 'Tier web sets pole, which site does not have.'],
    [{ ...split, tiers: [tier('web', { settings: { haproxy: {} } })] }, 'Tier web has settings of haproxy, which it does not run.'],
    [{ ...split, tiers: [tier('web', { components: ['site', 'twin'] })] }, 'Tier web runs site and twin, which both have a setting pool.'],
    [
      { ...split, links: [...split.links, { from: 'web', to: 'cache', role: 'http' as const }] },
      'The link web → cache ends at cache, which is not a tier.',
    ],
  ])('says what is wrong (%#)', (topology, problem) => {
    expect(validate(topology, components)).toContain(problem);
  });
});

describe('--set', () => {
  it('changes what it names and nothing else', () => {
    const changed = applySettings(split, ['web.count=3', 'web.pool=2', 'db.memory=512MiB', 'db.distance=10ms', 'db.cpu=0.25'], components);
    expect(changed.tiers[0]).toEqual({ ...split.tiers[0], count: 3, settings: { site: { pool: 2 } } });
    expect(changed.tiers[1]).toEqual({ ...split.tiers[1], memoryMiB: 512, distanceMs: 10, cpu: 0.25 });
    expect(changed.links).toEqual(split.links);
  });

  it.each([
    ['wbe.count=3', 'unknown tier wbe', 'web'],
    ['web.cont=3', 'unknown key cont', 'web.count'],
    ['db.pool=3', 'unknown key pool', 'count, cpu, memory, distance'],
    ['web.maxconn=3', 'unknown key maxconn', 'pool'],
    ['web.cpu=9', 'not allowed', '4, the biggest host on offer'],
    ['web.count=1.5', 'not allowed', 'whole number'],
    ['web.memory=512GB', 'not a number in MiB', '168 to 1024 MiB'],
    ['web.count=', 'not of the form', 'web.count=3'],
    ['nonsense', 'not of the form', 'web.count=3'],
    ['web.cpu=-1', 'not allowed', '0.1 to 4'],
    ['web.block=0', 'not allowed', '1 to 500 ms'],
    ['web.block=15s', 'not a number in ms', '1 to 500 ms'],
    ['web.lock=20', 'unknown key lock', 'colour, block'],
    ['web.colour=blue', 'not allowed', 'red, green'],
    ['web.pool=13', 'do not fit together', 'Nobody has 13 connections.'],
    ['db.disk=1', 'not allowed', 'KiB a second the host may write'],
  ])('refuses %s and says what is allowed', (setting, what, allowed) => {
    const error = (() => {
      try {
        applySettings(split, [setting], components);
      } catch (thrown) {
        return thrown as SettingError;
      }
      throw new Error('nothing was thrown');
    })();
    expect(error).toBeInstanceOf(SettingError);
    expect(error.what).toContain(what);
    expect(`${error.why} ${error.do}`).toContain(allowed);
    expect(error.exit).toBe(2);
  });

  it('puts faults into the settings of a tier, where manifest, difference and status see them', () => {
    const changed = applySettings(split, ['web.block=15ms', 'db.lock=20'], components);
    expect(changed.tiers.map((one) => faultsOf(one, 'east', components))).toEqual([['block 15 ms'], ['lock 20 ms']]);
    expect(hashOf(changed)).not.toBe(hashOf(split));
    expect(diffLines(diff(split, changed, components)).join()).toContain('lock none → 20');
  });

  it('takes every value in range and none outside', () => {
    const keys = keysOf(split, split.tiers[0] as Tier, components).flatMap(([name, key]) => ('words' in key ? [] : [[name, key] as const]));
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.double({ min: -10, max: 20_000, noNaN: true }), ([name, key], raw) => {
        const value = key.whole ? Math.round(raw) : Number(raw.toFixed(3));
        const apply = (): Topology => applySettings(split, [`web.${name}=${value}`], components);
        if (value >= key.low && value <= key.high) expect(validate(apply(), components)).toEqual([]);
        else expect(apply).toThrow(SettingError);
      }),
    );
  });
});

describe('placement', () => {
  it('gives every host addresses of its own inside the instance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 120 }), (count, instance) => {
        const placement = placeTopology(applySettings(split, [`web.count=${count}`, 'db.distance=5'], components), {
          instance,
          labFolder: '/lab',
        });
        const { hosts } = placement;
        const addresses = hosts.flatMap((host) => [host.address, ...(host.publicAddress === null ? [] : [host.publicAddress])]);
        expect(new Set(addresses).size).toBe(addresses.length);
        expect(addresses.every((address) => address.startsWith(`127.${instance}.`))).toBe(true);
        expect(hosts.filter((host) => addressFrom(placement, 'east', host) !== host.address).map((host) => host.tier)).toEqual(['db']);
      }),
    );
  });

  it('hashes equal topologies alike, whatever the order of their keys', () => {
    const turned = Object.fromEntries(Object.entries(split).reverse()) as unknown as Topology;
    expect(hashOf(turned)).toBe(hashOf(split));
    expect(hashOf(applySettings(split, ['web.cpu=2'], components))).not.toBe(hashOf(split));
  });
});

describe('nearMiss', () => {
  it('suggests what is at most two edits away', () => {
    expect(nearMiss('wbe', ['web', 'db'])).toBe('web');
    expect(nearMiss('balancer', ['web', 'db'])).toBeNull();
  });
});

import { describe, expect, it } from '@jest/globals';
import { HEALTHY, type TierDemand } from '@loadstair/components';
import { stageByNumber } from '../catalogue.ts';
import { arrivalDemand, FULL_WAKES } from './arrival-demand.ts';
import { cpuMs } from './case-site.ts';

const WELL = { missed: 0.05, unsent: 0, wakesLeft: FULL_WAKES };

function demand(stage: number, assumed: Partial<typeof WELL> = {}, profile = 'mixed') {
  const found = arrivalDemand(stageByNumber(stage).topology, profile, HEALTHY, { ...WELL, ...assumed });
  return { tier: (name: string) => found.get(name) as TierDemand, cpuMs: (tier: string) => cpuMs(found, tier) };
}

describe('what an arrival takes of a site', () => {
  it('is the same wherever site and database stand, but for the connection to a balancer', () => {
    const [one, two, three] = [demand(1), demand(2), demand(3)];
    expect([...one.tier('server').cpuMs.keys()]).toEqual(['site', 'postgres']);
    expect(one.cpuMs('server')).toBeCloseTo(two.cpuMs('web') + two.cpuMs('db'), 9);
    expect(three.cpuMs('web')).toBeCloseTo(two.cpuMs('web') - 0.12, 9);
    expect(three.cpuMs('lb')).toBeGreaterThan(0.12);
  });

  it('is divided between primary and replicas, which replay every commit besides', () => {
    const [alone, followed] = [demand(3), demand(4)];
    const { writes } = followed.tier('db').asked.sql ?? { writes: 0 };
    expect(writes).toBeGreaterThan(0);
    expect(followed.cpuMs('db')).toBeLessThan(0.5 * alone.cpuMs('db'));
    expect(followed.cpuMs('db') + followed.cpuMs('db-replica')).toBeCloseTo(alone.cpuMs('db') + 2 * writes * 0.06, 9);
  });

  it('is less of the databases by what a cache answers', () => {
    const [cold, warm] = [demand(5, { missed: 1 }), demand(5)];
    expect(warm.cpuMs('db-replica')).toBeLessThan(0.2 * cold.cpuMs('db-replica'));
    expect(warm.cpuMs('cache')).toBe(cold.cpuMs('cache'));
    expect(cold.tier('cache').asked.cache?.lookups).toBeGreaterThan(0);
  });

  it('is less of balancer and web servers by the files that edges send', () => {
    const [down, up] = [demand(6, { unsent: 1 }, 'galleries'), demand(6, {}, 'galleries')];
    expect(down.cpuMs('edge')).toBe(0);
    expect(up.cpuMs('edge')).toBeGreaterThan(0.5);
    expect(up.cpuMs('web')).toBeLessThan(0.5 * down.cpuMs('web'));
    expect(up.tier('lb').asked.http?.requests).toBeLessThan(0.3 * (down.tier('lb').asked.http?.requests ?? 0));
  });

  it('is not made up where two tiers ask one for the same', () => {
    const { topology } = stageByNumber(3);
    const links = [...topology.links, { from: 'lb', to: 'lb', role: 'http' }];
    expect(() => arrivalDemand({ ...topology, links }, 'mixed', HEALTHY, WELL)).toThrow('Two tiers ask lb for http');
  });
});

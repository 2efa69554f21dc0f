import { describe, expect, it } from '@jest/globals';
import type { PlannedComponent, Secrets } from '@loadstair/components';
import { planForContainers, renderCompose } from '@loadstair/render';
import { databaseGroups, type Topology } from '@loadstair/topology';
import { parse } from 'yaml';
import { topology } from './stage.ts';
import { whileRegistered } from './testing/registered.ts';

const secrets: Secrets = { database: 'a', replication: 'b', cache: 'c', cacheAdmin: 'd', edge: 'e', purge: 'f' };

/** Containers have no name server: the stage before has a name for its files. */
const nameless: Topology = { ...topology, names: undefined };

describe('a plan of the stage', () => {
  whileRegistered();
  const tiers = (): ReturnType<typeof planForContainers>['tiers'] => planForContainers(nameless, secrets).tiers;
  const planned = (host: string): PlannedComponent => {
    const found = tiers()
      .flatMap(({ hosts }) => hosts)
      .find(({ placed }) => placed.name === host)?.components[0];
    if (found === undefined) throw new Error(`${host} is not planned.`);
    return found;
  };
  const fileOf = (host: string): string => planned(host).files[0]?.text ?? '';

  it('starts its component before who asks it, with all that is needed to run it', () => {
    const afterOf = (tier: string): readonly string[] => tiers().find(({ name }) => name === tier)?.after ?? [];
    expect(afterOf('web')).toEqual(expect.arrayContaining(['cloakroom', 'strongroom']));
    expect([afterOf('lb'), afterOf('inkroom')]).toEqual([['inkroom'], ['web']]);
    expect(planned('inkroom-2')).toMatchObject({ kind: 'inkpress', ports: [8080, 7346], readiness: { kind: 'http', path: '/readyz' } });
    expect(fileOf('inkroom-1')).toMatch(/^listen [\d.]+:8080\n(behind [\d.]+:8080\n)+pads 2\ncolour black\nin-use \S+\n$/);
  });

  it('is asked by the balancer, whose link leads to it', () => {
    const addresses = ['inkroom-1', 'inkroom-2'].map((host) => /^listen (\S+)/.exec(fileOf(host))?.[1]);
    expect([...fileOf('lb-1').matchAll(/^ +server \S+ ([\d.]+:\d+)/gm)].map(([, address]) => address).slice(0, 2)).toEqual(addresses);
  });

  it('gives each Redis what its own tier has: a cache throws entries out, the other does not', () => {
    expect(fileOf('cache-1')).toMatch(/maxmemory-policy allkeys-lru/);
    expect(fileOf('cloakroom-1')).toMatch(/maxmemory-policy noeviction/);
  });

  it('tells a web server of both groups of databases, and of one cache tier', () => {
    const file = planned('web-1').files.find(({ text }) => text.includes('"databases"'));
    const { databases, caches } = JSON.parse(file?.text ?? '{}') as {
      databases: { name: string }[];
      caches: { servers: { name: string }[] };
    };
    expect(databaseGroups(topology).map(({ name }) => name)).toEqual(['db', 'strongroom']);
    expect(databases.map(({ name }) => name)).toEqual(['db', 'strongroom']);
    expect(caches.servers.map(({ name }) => name)).toEqual(['cache-1', 'cache-2']);
  });

  it('is rendered for docker compose', () => {
    const files = renderCompose(planForContainers(nameless, secrets), { coresPerLabCpu: 0.1 });
    const { services } = parse(files.find(({ path }) => path === 'compose.yaml')?.text ?? '') as {
      services: Record<string, { image: string; depends_on?: object }>;
    };
    expect(services).toMatchObject({ 'inkroom-1': { image: 'inkpress:1.0' }, 'inkroom-2': {}, 'cloakroom-1': {}, 'strongroom-1': {} });
    expect(Object.keys(services['lb-1']?.depends_on ?? {})).toContain('inkroom-1');
    expect(files.map(({ path }) => path)).toContainEqual(expect.stringMatching(/inkroom-1.*inkpress\.conf$/));
  });
});

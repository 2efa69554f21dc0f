import { expect, it } from '@jest/globals';
import { applySettings, SettingError, type Tier, type Topology } from '@loadstair/topology';
import { declarations } from '../declarations.ts';

const tier = (name: string, components: Tier['components'], more: Partial<Tier> = {}): Tier => ({
  name,
  count: 1,
  cpu: 1,
  memoryMiB: 256,
  components,
  settings: {},
  public: false,
  distanceMs: 0,
  ...more,
});
const topology: Topology = {
  stage: 6,
  slug: '',
  title: '',
  tiers: [
    tier('edge', ['varnish'], { count: 2, public: true, distanceMs: 60 }),
    tier('lb', ['haproxy'], { public: true, distanceMs: 60 }),
    tier('web', ['site']),
  ],
  links: [{ from: 'clients', to: 'lb', role: 'http' }],
};

it('edges take a time to live, likes and when to keep; other tiers do not', () => {
  const [edge] = applySettings(topology, ['edge.ttl=5', 'edge.likes=4', 'edge.keep=second', 'lb.sticky=source'], declarations).tiers;
  expect(edge?.settings).toEqual({ varnish: { ttl: 5, likes: 4, keep: 'second' } });
  expect(() => applySettings(topology, ['web.ttl=5'], declarations)).toThrow(SettingError);
  expect(() => applySettings(topology, ['edge.keep=third'], declarations)).toThrow(/not allowed/);
});

it('down takes a region, and edges only have it', () => {
  const [edge] = applySettings(topology, ['edge.down=east'], declarations).tiers;
  expect(edge?.settings).toEqual({ varnish: { down: 'east' } });
  expect(() => applySettings(topology, ['edge.down=north'], declarations)).toThrow(/not allowed/);
  expect(() => applySettings(topology, ['web.down=west'], declarations)).toThrow(SettingError);
});

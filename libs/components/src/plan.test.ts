import { expect, it } from '@jest/globals';
import { placeTopology, type Tier, type Topology } from '@loadstair/topology';
import { planSite } from './plan.ts';
import { contextOf } from './testing/context.ts';

const tier = (name: string, components: Tier['components'], count = 1): Tier => ({
  name,
  count,
  cpu: 1,
  memoryMiB: 256,
  components,
  settings: {},
  public: false,
});
const topology: Topology = {
  stage: 1,
  slug: '',
  title: '',
  tiers: [tier('lb', ['haproxy']), tier('web', ['site'], 2), tier('db', ['postgres'])],
  links: [
    { from: 'lb', to: 'web', role: 'http' },
    { from: 'web', to: 'db', role: 'sql' },
  ],
};
const placement = placeTopology(topology, { instance: 7, labFolder: '/lab' });
/** Contexts of tests start nothing: a plan that did would fail. */
const plan = planSite(placement, contextOf);

it('begins with what others talk to', () => {
  expect(plan.tiers.map(({ name, after, hosts }) => [name, after, hosts.map(({ placed }) => placed.name)])).toEqual([
    ['db', [], ['db-1']],
    ['web', ['db'], ['web-1', 'web-2']],
    ['lb', ['web'], ['lb-1']],
  ]);
});

it('says of each component all that is needed to run it, and the same each time', () => {
  expect(planSite(placement, contextOf)).toEqual(plan);
  for (const { placed, scratch, components } of plan.tiers.flatMap(({ hosts }) => hosts)) {
    expect(components).toHaveLength(1);
    for (const { files, process, ports, readiness } of components) {
      for (const { path } of files) expect(path.startsWith(placed.folder) || scratch.some((folder) => path.startsWith(folder))).toBe(true);
      // What a process is told to read is among its files.
      const told = [...process.args, ...Object.values(process.env)].filter((word) => word.includes(`${placed.name}/`));
      const known = [...files.map(({ path }) => path), ...scratch, `${placed.folder}/postgres`];
      for (const word of told) expect(known.some((path) => word.includes(path))).toBe(true);
      expect(ports.length).toBeGreaterThan(0);
      expect(['http', 'tcp', 'exec']).toContain(readiness.kind);
    }
  }
});

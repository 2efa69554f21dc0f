import { addHosts, addTier, evolve, link, makePrivate, unlink, type Tier } from '@loadstair/topology';
import { topology as separateDatabase } from '../02-separate-database/stage.ts';
import type { Stage } from '../stage.ts';
import { addWeb } from './experiments/add-web.ts';
import { aroundTheBalancer } from './experiments/around-the-balancer.ts';
import { evenSpread } from './experiments/even-spread.ts';
import { balancerDies } from './experiments/balancer-dies.ts';
import { crashWeb } from './experiments/crash-web.ts';
import { databaseDies } from './experiments/database-dies.ts';
import { killWeb } from './experiments/kill-web.ts';
import { broken } from './broken.ts';
import { injections } from './injections.ts';

const lb: Tier = {
  name: 'lb',
  count: 1,
  cpu: 1,
  memoryMiB: 128,
  components: ['haproxy'],
  settings: { haproxy: { maxconn: 500 } },
  public: true,
};

export const topology = evolve(
  separateDatabase,
  { stage: 3, slug: 'load-balancer', title: 'Load balancer' },
  addTier(lb, 'web'),
  addHosts('web', 1),
  makePrivate('web'),
  unlink('clients', 'web'),
  link('clients', 'lb', 'http'),
  link('lb', 'web', 'http'),
);

export const loadBalancer: Stage = {
  topology,
  story: {
    changed: 'Two web servers stand behind one public address; clients cannot reach a web server directly.',
    why: 'A dead web server no longer takes the site down, and web servers can be added while the site runs.',
    shows: 'How evenly the balancer spreads requests, and which tier runs out first when users mostly read.',
  },
  profile: 'reads',
  experiments: [evenSpread, addWeb, crashWeb, killWeb, balancerDies, databaseDies, aroundTheBalancer],
  injections,
  broken,
  expected: { tier: 'db', resource: 'cpu' },
  bench: { run: true },
};

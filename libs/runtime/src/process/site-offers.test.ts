import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLIENTS, DATABASES, EDGES, MACHINES, offeredIn, POWER, type Machines, type Offered, type Power } from '@loadstair/operations';
import { placeTopology, PORTS, type Placement, type Tier, type Topology } from '@loadstair/topology';
import { siteClients } from './site-clients.ts';
import { siteOffers } from './site-offers.ts';

/** An instance that nobody can name on the command line. */
const INSTANCE = 121;

const tier = (name: string, components: Tier['components']): Tier => ({
  name,
  count: 2,
  cpu: 1,
  memoryMiB: 256,
  components,
  settings: {},
  public: true,
  distanceMs: 0,
});
const topology = (...tiers: readonly Tier[]): Topology => ({ stage: 1, slug: 'made-up', title: 'Made up', tiers, links: [] });
const placed = (...tiers: readonly Tier[]): Placement => placeTopology(topology(...tiers), { instance: INSTANCE, labFolder: '/nowhere' });

const offersOf = (placement: Placement, power: Power | null = null): Offered[] =>
  siteOffers({
    machines: {} as Machines,
    power,
    databases: new Map(),
    placement: () => placement,
    siteUrl: () => 'http://nowhere',
    contexts: () => [],
  });

describe('a site offers', () => {
  it('machines and clients always, edges and databases where there are any', () => {
    const plain = offersOf(placed(tier('web', ['site'])));
    expect(offeredIn(plain, MACHINES)).not.toBeNull();
    expect(offeredIn(plain, CLIENTS)).not.toBeNull();
    expect(offeredIn(plain, DATABASES)).toBeNull();
    expect(offeredIn(plain, EDGES)).toBeNull();
    const edges = offeredIn(offersOf(placed(tier('web', ['site']), tier('far', ['varnish']))), EDGES);
    expect(edges?.names()).toEqual(['far-1', 'far-2']);
  });
});

it('a site offers power only where hosts can be made silent', () => {
  const placement = placed(tier('web', ['site']));
  expect(offeredIn(offersOf(placement), POWER)).toBeNull();
  expect(offeredIn(offersOf(placement, { lose: async () => {}, destroy: async () => {} }), POWER)).not.toBeNull();
});

describe('clients of a site', () => {
  const placement = placed(tier('web', ['site']));
  const [first, second] = placement.hosts;
  const clients = siteClients(
    () => placement,
    () => `http://${first?.publicAddress}:${PORTS.http}`,
  );
  let server: Server;

  beforeAll(async () => {
    server = createServer((request, response) => response.setHeader('x-cache', 'hit').end(`you asked for ${request.url}`));
    server.listen(PORTS.http, first?.publicAddress ?? '');
    await once(server, 'listening');
  });
  afterAll(() => void server.close());

  it('get an answer from the site or from a host, and none where nobody listens', async () => {
    const { signal } = new AbortController();
    expect(await clients.get('/a', signal)).toMatchObject({ status: 200, text: 'you asked for /a', headers: { 'x-cache': 'hit' } });
    expect(await clients.get('/b', signal, 'web-1')).toMatchObject({ text: 'you asked for /b' });
    expect(await clients.get('/c', signal, second?.name)).toBeNull();
    await expect(clients.get('/d', AbortSignal.abort(), 'web-1')).rejects.toThrow('aborted');
  });

  it('are connected, or refused', async () => {
    expect(await clients.dial(first?.publicAddress ?? '')).toEqual({
      address: `${first?.publicAddress}:${PORTS.http}`,
      answer: 'connected',
    });
    expect(await clients.dial(second?.publicAddress ?? '')).toMatchObject({ answer: 'refused' });
  });
});

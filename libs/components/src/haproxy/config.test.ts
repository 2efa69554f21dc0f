import { expect, it } from '@jest/globals';
import { placeTopology, type PlacedHost, type Tier, type Topology } from '@loadstair/topology';
import { siteEnvironment } from '../site/site.ts';
import { contextOf } from '../testing/context.ts';
import { haproxyConfig } from './config.ts';
import { CRASH_NOTICED_MS, SILENCE_NOTICED_MS } from './declaration.ts';

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
const LB = tier('lb', ['haproxy'], { public: true });
const EDGE = tier('edge', ['varnish'], { public: true });
const DB = tier('db', ['postgres']);
const place = (...tiers: Tier[]) => {
  const lead = tiers.some(({ name }) => name === 'lb')
    ? [
        ['lb', 'web'],
        ['edge', 'lb'],
      ]
    : [];
  const links = lead
    .map(([from = '', to = '']) => ({ from, to, role: 'http' }))
    .filter(({ from }) => tiers.some(({ name }) => name === from));
  const topology: Topology = {
    stage: 3,
    slug: '',
    title: '',
    tiers: [...tiers, DB],
    links: [...links, { from: 'web', to: 'db', role: 'sql' }],
  };
  const placement = placeTopology(topology, { instance: 7, labFolder: '/lab' });
  return { placement, host: placement.hosts[0] as PlacedHost };
};
const configOf = (...tiers: Tier[]): string => {
  const { host, placement } = place(...tiers);
  return haproxyConfig(host, placement, '/run/admin.sock', '-edge-secret');
};
const trustedBy = (...tiers: Tier[]): string | undefined => {
  const { placement } = place(...tiers);
  const web = placement.hosts.find(({ tier: name }) => name === 'web') as PlacedHost;
  return siteEnvironment(contextOf(web, placement))['SITE_TRUSTED_PROXIES'];
};

it('drops what clients say of their own address', () => {
  expect(configOf(LB, tier('web', ['site']))).toMatch(/^ {2}http-request del-header X-Forwarded-For$/m);
});

it('takes the address from an edge that says the token, and passes the token on to nobody', () => {
  const config = configOf(LB, tier('web', ['site']), EDGE);
  expect(config).toContain('acl from-edge req.hdr(x-edge-token) -m str -- -edge-secret\n');
  expect(config).toContain('http-request del-header X-Forwarded-For if !from-edge\n');
  expect(config).toContain('http-request del-header x-edge-token\n');
  expect(config).toContain('option forwardfor if-none\n');
});

it('says of an answer of its own whose it is, and when it had no server', () => {
  const config = configOf(LB, tier('web', ['site']));
  expect(config).toMatch(/acl of-a-server res\.hdr\(x-served-by\) -m found$/m);
  expect(config).toContain('http-after-response set-header x-no-server yes if !of-a-server { status 503 } { nbsrv(servers) eq 0 }\n');
  expect(config).toContain('http-after-response set-header x-served-by lb-1 if !of-a-server\n');
});

it('connects to the sites from an address that they trust', () => {
  const web = tier('web', ['site'], { count: 2 });
  expect(configOf(LB, web).match(/ source 127\.7\.0\.1 check /g)?.length).toBeGreaterThanOrEqual(2);
  expect(trustedBy(LB, web)).toBe('127.7.0.0/24');
  expect(trustedBy(LB, { ...web, distanceMs: 5 })).toBe('127.7.0.0/24,127.0.0.1');
});

it('is trusted by no site that users reach themselves', () => {
  expect(trustedBy(tier('web', ['site'], { public: true }))).toBeUndefined();
});

it('looks at servers, gives up connecting, and tells who waits for one that it takes out of service', () => {
  const config = configOf(LB, tier('web', ['site']));
  expect(config).toContain('check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions ');
  expect(config).toContain('timeout connect 500ms\n');
  expect(config).toContain('timeout check 1000ms\n');
  expect([CRASH_NOTICED_MS, SILENCE_NOTICED_MS]).toEqual([1_000, 3_000]);
});

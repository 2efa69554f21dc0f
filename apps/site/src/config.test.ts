import { describe, expect, it } from '@jest/globals';
import { configFrom, seedConfigFrom } from './config.ts';

const least = { SITE_LISTEN: '127.7.0.2:8080', PROGRAM_PLAN: '/lab/plan.json' };

describe('configFrom', () => {
  it('needs an address and to be told of its peers; all else has a default', () => {
    expect(configFrom(least)).toEqual({
      program: { host: 'local', plan: '/lab/plan.json', metricsListen: null, statsFile: null, otlp: null },
      site: {
        listen: [{ address: '127.7.0.2', port: 8080 }],
        faults: { blockMs: 0, churnKiB: 0 },
        pool: 20,
        business: false,
        labDayS: 60,
        requestsPerSecondOfClient: 500,
        trustedProxies: [],
      },
    });
  });

  it('listens in several places', () => {
    expect(configFrom({ ...least, SITE_LISTEN: '127.7.0.2:8080,127.7.100.2:8080' }).site.listen).toEqual([
      { address: '127.7.0.2', port: 8080 },
      { address: '127.7.100.2', port: 8080 },
    ]);
  });

  it('believes only the proxies it is told of', () => {
    const trusting = (text: string): readonly string[] => configFrom({ ...least, SITE_TRUSTED_PROXIES: text }).site.trustedProxies;
    expect(trusting('127.7.0.0/24,127.0.0.1,fd00::/8')).toEqual(['127.7.0.0/24', '127.0.0.1', 'fd00::/8']);
    expect(trusting('')).toEqual([]);
    for (const wrong of ['loopback', '127.7.0.0/33', '127.7.0.0/', '127.7.0.0/24/8', '0.0.0.0/0', 'fd00::/129', '127.7.0.0/x'])
      expect(() => trusting(wrong)).toThrow(/SITE_TRUSTED_PROXIES/);
  });

  it('names every wrong setting in one error', () => {
    const wrong = { SITE_LISTEN: 'here', SITE_POOL: '0', SITE_BUSINESS: 'maybe' };
    for (const name of [/SITE_LISTEN/, /PROGRAM_PLAN/, /SITE_POOL/, /SITE_BUSINESS/]) expect(() => configFrom(wrong)).toThrow(name);
  });
});

it('seeds as many rows as design.md asks for unless told', () => {
  const seeded = { SITE_DATABASE: 'postgres://site@127.7.0.3/photos' };
  expect(seedConfigFrom(seeded).size).toEqual({ users: 20_000, photos: 60_000 });
  expect(() => seedConfigFrom({ ...seeded, SITE_SEED_USERS: '1', SITE_SEED_PHOTOS: 'x' })).toThrow(/SITE_SEED_USERS.*SITE_SEED_PHOTOS/);
});

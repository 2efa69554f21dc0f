import { describe, expect, it } from '@jest/globals';
import { BadSiteConfig, configFrom, seedConfigFrom } from './config.ts';

const least = { SITE_LISTEN: '127.7.0.2:8080', SITE_DATABASE: 'postgres://site@127.7.0.3/photos' };

describe('configFrom', () => {
  it('needs an address and a database; all else has a default', () => {
    expect(configFrom(least)).toEqual({
      listen: [{ address: '127.7.0.2', port: 8080 }],
      metricsListen: null,
      filesFile: null,
      cacheFile: null,
      faults: { blockMs: 0, churnKiB: 0 },
      databaseUrl: least.SITE_DATABASE,
      replicated: null,
      pool: 20,
      statsFile: null,
      business: false,
      labDayS: 60,
      requestsPerSecondOfClient: 500,
      trustedProxies: [],
      host: 'site',
      otlp: null,
    });
  });

  it('listens in several places, and turns all telemetry off at once', () => {
    const env = { ...least, SITE_LISTEN: '127.7.0.2:8080,127.7.100.2:8080', SITE_METRICS_LISTEN: '127.7.0.2:9464', SITE_OTLP: 'http://x' };
    expect(configFrom(env)).toMatchObject({
      listen: [{ address: '127.7.0.2' }, { address: '127.7.100.2' }],
      metricsListen: { address: '127.7.0.2', port: 9464 },
      otlp: 'http://x',
    });
    expect(configFrom({ ...env, SITE_TELEMETRY: 'off' })).toMatchObject({ metricsListen: null, otlp: null });
  });

  it('has several databases where it is told of a file that names them', () => {
    const replicated = { ...least, SITE_DATABASE_MEMBERS: '/lab/members.json' };
    expect(configFrom(replicated).replicated).toEqual({ membersFile: '/lab/members.json', consistency: 'none' });
    expect(configFrom({ ...replicated, SITE_CONSISTENCY: 'wait-for-lsn' }).replicated).toMatchObject({ consistency: 'wait-for-lsn' });
    expect(() => configFrom({ ...replicated, SITE_CONSISTENCY: 'sometimes' })).toThrow(/SITE_CONSISTENCY/);
  });

  it('believes only the proxies it is told of', () => {
    const trusting = (text: string): readonly string[] => configFrom({ ...least, SITE_TRUSTED_PROXIES: text }).trustedProxies;
    expect(trusting('127.7.0.0/24,127.0.0.1,fd00::/8')).toEqual(['127.7.0.0/24', '127.0.0.1', 'fd00::/8']);
    expect(trusting('')).toEqual([]);
    for (const wrong of ['loopback', '127.7.0.0/33', '127.7.0.0/', '127.7.0.0/24/8', '0.0.0.0/0', 'fd00::/129', '127.7.0.0/x'])
      expect(() => trusting(wrong)).toThrow(/SITE_TRUSTED_PROXIES/);
  });

  it('names every wrong setting in one error', () => {
    const wrong = { SITE_LISTEN: 'here', SITE_POOL: '0', SITE_BUSINESS: 'maybe' };
    expect(() => configFrom(wrong)).toThrow(BadSiteConfig);
    for (const name of [/SITE_LISTEN/, /SITE_DATABASE/, /SITE_POOL/, /SITE_BUSINESS/]) expect(() => configFrom(wrong)).toThrow(name);
  });

  it.each(['127.7.0.2:99999', '127.7.0.2:0', '999.1.1.1:80', '127.7.0.2'])('refuses to listen on %s', (text) => {
    expect(() => configFrom({ ...least, SITE_LISTEN: text })).toThrow(/SITE_LISTEN/);
  });
});

it('seeds as many rows as design.md asks for unless told', () => {
  expect(seedConfigFrom(least).size).toEqual({ users: 20_000, photos: 60_000 });
  expect(() => seedConfigFrom({ ...least, SITE_SEED_USERS: '1', SITE_SEED_PHOTOS: 'x' })).toThrow(/SITE_SEED_USERS.*SITE_SEED_PHOTOS/);
});

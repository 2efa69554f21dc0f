import { describe, expect, it } from '@jest/globals';
import { declarations } from '../declarations.ts';
import { tooManyConnections } from './connections.ts';

const web = { name: 'web', components: ['site'] as const, settings: { site: { pool: 100 } } };

describe('tooManyConnections', () => {
  it('says the sum, what the database takes, and a pool that fits', () => {
    const found = tooManyConnections([{ tier: web, count: 4 }], declarations);
    expect(found).toMatchObject({
      why: 'The web servers would open 4 web × (pool 100 + 1) = 404 connections; a database accepts 394.',
      set: 'web.pool=97',
    });
    expect(tooManyConnections([{ tier: { ...web, settings: { site: { pool: 97 } } }, count: 4 }], declarations)).toBeNull();
  });

  it('allows 16 servers with the usual pool, and one with the biggest', () => {
    expect(tooManyConnections([{ tier: { ...web, settings: {} }, count: 16 }], declarations)).toBeNull();
    expect(tooManyConnections([{ tier: { ...web, settings: { site: { pool: 200 } } }, count: 1 }], declarations)).toBeNull();
  });
});

import { describe, expect, it } from '@jest/globals';
import { connectionProblem } from './connections.ts';

const web = { name: 'web', components: ['site'] as const, settings: { pool: 100 } };
const db = { name: 'db', components: ['postgres'] as const, settings: {} };

describe('connectionProblem', () => {
  it('says the sum, what the database takes, and a pool that fits', () => {
    const found = connectionProblem([
      { tier: web, count: 4 },
      { tier: db, count: 1 },
    ]);
    expect(found).toEqual({
      problem: 'The web servers would open 4 web × (pool 100 + 1) = 404 connections; a database takes 394.',
      set: 'web.pool=97',
    });
    expect(connectionProblem([{ tier: { ...web, settings: { pool: 97 } }, count: 4 }])).toBeNull();
  });

  it('allows 16 servers with the usual pool, and one with the biggest', () => {
    expect(connectionProblem([{ tier: { ...web, settings: {} }, count: 16 }])).toBeNull();
    expect(connectionProblem([{ tier: { ...web, settings: { pool: 200 } }, count: 1 }])).toBeNull();
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { placeTopology, type ComponentKind, type PlacedHost, type Tier } from '@loadstair/topology';
import { checkFiles, hardLimitOfFiles } from './open-files.ts';
import { checkRoom } from './room.ts';

const tier = (name: string, components: readonly ComponentKind[], count = 1, pool = 20): Tier => ({
  ...{
    name,
    count,
    cpu: 0.1,
    memoryMiB: 256,
    components,
    settings: components.includes('site') ? { site: { pool } } : {},
    public: false,
    distanceMs: 0,
  },
});
const hosts = (...tiers: readonly Tier[]): readonly PlacedHost[] =>
  placeTopology({ stage: 3, slug: 'three', title: 'Three', tiers, links: [] }, { instance: 7, labFolder: '/lab' }).hosts;

describe('checkRoom', () => {
  it('counts the pools of all web servers, also of those added while the site runs', () => {
    const db = tier('db', ['postgres']);
    checkRoom(hosts(tier('web', ['site'], 3, 100), db), 0.1);
    expect(() => checkRoom(hosts(tier('web', ['site'], 4, 100), db), 0.1)).toThrow(
      expect.objectContaining({
        code: 'E_CONNECTIONS',
        exit: 2,
        why: 'The web servers would open 4 web × (pool 100 + 1) = 404 connections; a database accepts 394.',
        do: 'start the site with smaller pools: --set web.pool=97',
      }),
    );
  });
});

describe('checkFiles', () => {
  const three = hosts(tier('lb', ['haproxy']), tier('web', ['site']), tier('db', ['postgres']));

  it('says which program needs how many open files, and how to allow them', () => {
    expect(() => checkFiles(three, 1024)).toThrow(
      expect.objectContaining({
        code: 'E_FILES',
        exit: 6,
        why: 'HAProxy needs 8150 (two for each of 4000 connections, and its own); the hard limit is 1024',
        do: 'as root: ulimit -Hn 8150, in the same shell before ./lab',
      }),
    );
    expect(() => checkFiles(three.slice(1), 64)).toThrow(/needs 512 .*; the hard limit is 64/);
    checkFiles(three, 8150);
    checkFiles(three, Infinity);
    checkFiles(three.slice(1), 1024);
  });

  it('reads the hard limit of this process', () => {
    const folder = mkdtempSync(join(tmpdir(), 'limits-'));
    const file = join(folder, 'limits');
    const limits = (hard: string): number | null => {
      writeFileSync(
        file,
        `Limit   Soft Limit  Hard Limit  Units\nMax open files            1024                 ${hard}              files\n`,
      );
      return hardLimitOfFiles(file);
    };
    try {
      expect(limits('4096')).toBe(4096);
      expect(limits('unlimited')).toBe(Infinity);
      expect(hardLimitOfFiles(join(folder, 'none'))).toBeNull();
      expect(hardLimitOfFiles()).toBeGreaterThan(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import { applySettings, diff, diffLines, SettingError, validate, type Tier, type Topology } from '@loadstair/topology';
import { declarations } from '../declarations.ts';

const tier = (name: string, components: Tier['components'], count = 1): Tier => ({
  name,
  count,
  cpu: 1,
  memoryMiB: 256,
  components,
  settings: {},
  public: name === 'web',
  distanceMs: 0,
});
const alone: Topology = {
  stage: 2,
  slug: 'alone',
  title: 'Alone',
  tiers: [tier('web', ['site']), tier('db', ['postgres'])],
  links: [
    { from: 'clients', to: 'web', role: 'http' },
    { from: 'web', to: 'db', role: 'sql' },
  ],
};
const followed: Topology = {
  ...alone,
  tiers: [...alone.tiers, tier('db-replica', ['postgres'], 2)],
  links: [...alone.links, { from: 'web', to: 'db-replica', role: 'sql' }, { from: 'db-replica', to: 'db', role: 'wal' }],
};

describe('settings of replication', () => {
  it('are words and numbers, where they mean something', () => {
    const changed = applySettings(followed, ['web.consistency=wait-for-lsn', 'db.sync=1', 'db-replica.delay=500ms'], declarations);
    expect(changed.tiers.map((one) => one.settings)).toEqual([
      { site: { consistency: 'wait-for-lsn' } },
      { postgres: { sync: 1 } },
      { postgres: { delay: 500 } },
    ]);
    expect(diffLines(diff(followed, changed, declarations)).slice(1)).toEqual([
      '  ~ tier web   consistency none → wait-for-lsn',
      '  ~ tier db   sync none → 1',
      '  ~ tier db-replica   delay none → 500',
    ]);
  });

  it.each([
    [followed, 'web.consistency=wait', 'none, after-write-primary, wait-for-lsn'],
    [followed, 'db.delay=5', 'unknown key delay'],
    [followed, 'db-replica.sync=1', 'unknown key sync'],
    [followed, 'db-replica.lock=5', 'unknown key lock'],
    [alone, 'web.consistency=none', 'unknown key consistency'],
    [alone, 'db.sync=1', 'unknown key sync'],
    [followed, 'db.sync=3', 'no commit would ever be answered'],
  ])('%# refuses %s', (topology, setting, says) => {
    try {
      applySettings(topology, [setting], declarations);
      throw new Error('nothing was thrown');
    } catch (error) {
      expect(error).toBeInstanceOf(SettingError);
      const { what, why } = error as SettingError;
      expect(`${what} ${why}`).toContain(says);
    }
  });

  it('leave a topology valid', () => {
    expect(validate(applySettings(followed, ['db.sync=2', 'web.consistency=none'], declarations), declarations)).toEqual([]);
  });
});

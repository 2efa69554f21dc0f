import { describe, expect, it } from '@jest/globals';
import { applySettings, diff, diffLines, SettingError, validate } from '@loadstair/topology';
import { ALONE, FOLLOWED } from '@loadstair/topology/testing';
import { declarations } from '../declarations.ts';

describe('settings of replication', () => {
  it('are words and numbers, where they mean something', () => {
    const changed = applySettings(FOLLOWED, ['web.consistency=wait-for-lsn', 'db.sync=1', 'db-replica.delay=500ms'], declarations);
    expect(changed.tiers.map((one) => one.settings)).toEqual([
      { site: { consistency: 'wait-for-lsn' } },
      { postgres: { sync: 1 } },
      { postgres: { delay: 500 } },
    ]);
    expect(diffLines(diff(FOLLOWED, changed, declarations)).slice(1)).toEqual([
      '  ~ tier web   consistency none → wait-for-lsn',
      '  ~ tier db   sync none → 1',
      '  ~ tier db-replica   delay none → 500',
    ]);
  });

  it.each([
    [FOLLOWED, 'web.consistency=wait', 'none, after-write-primary, wait-for-lsn, primary'],
    [FOLLOWED, 'db.delay=5', 'unknown key delay'],
    [FOLLOWED, 'db-replica.sync=1', 'unknown key sync'],
    [FOLLOWED, 'db-replica.lock=5', 'unknown key lock'],
    [ALONE, 'web.consistency=none', 'unknown key consistency'],
    [ALONE, 'db.sync=1', 'unknown key sync'],
    [FOLLOWED, 'db.sync=3', 'no commit would ever be acknowledged'],
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
    expect(validate(applySettings(FOLLOWED, ['db.sync=2', 'web.consistency=none'], declarations), declarations)).toEqual([]);
  });
});

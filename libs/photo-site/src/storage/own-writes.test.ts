import { describe, expect, it } from '@jest/globals';
import { ownWrites, parseLsn } from './own-writes.ts';

describe('ownWrites', () => {
  it('remembers the last write of each for as long as it matters', () => {
    let now = 1_000;
    const writes = ownWrites(500, () => now);
    writes.note('ann', { atMs: 1_000, lsn: 7n });
    writes.note('ben', { atMs: 1_000, lsn: null });
    now = 1_400;
    writes.note('ann', { atMs: 1_400, lsn: 9n });
    expect(writes.of('ann')).toEqual({ atMs: 1_400, lsn: 9n });
    expect(writes.of('ben')).toEqual({ atMs: 1_000, lsn: null });
    expect(writes.of('cleo')).toBeNull();
    now = 1_600;
    expect(writes.of('ben')).toBeNull();
    expect(writes.of('ann')).not.toBeNull();
  });
});

describe('parseLsn', () => {
  it.each([
    ['0/0', 0n],
    ['0/16B3740', 0x16b3740n],
    ['16/B374D848', 0x16b374d848n],
    ['1/0', 1n << 32n],
  ])('%s', (text, value) => expect(parseLsn(text)).toBe(value));
});

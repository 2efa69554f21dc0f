import { describe, expect, it } from '@jest/globals';
import { helperSeconds } from './collector-threads.ts';

/** Fills what lives long and lets it die: collecting it is too much for the main thread alone. */
function litter(): number {
  let kept: object[][] = [];
  for (let round = 0; round < 60; round += 1) {
    kept = [...kept.slice(-20), Array.from({ length: 20_000 }, (_, id) => ({ id, of: { id } }))];
  }
  return kept.length;
}

describe('threads on which V8 collects', () => {
  it('use CPU that only grows, and some of it while garbage is made', () => {
    const before = helperSeconds(process.pid);
    expect(before).not.toBeNull();
    expect(litter()).toBeGreaterThan(0);
    expect(helperSeconds(process.pid) ?? 0).toBeGreaterThan((before ?? 0) + 0.005);
  });

  it('of a process that is not there cannot be read', () => {
    expect(helperSeconds(2 ** 22 + 1)).toBeNull();
  });
});

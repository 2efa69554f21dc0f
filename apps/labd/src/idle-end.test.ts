import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { idleEnd } from './idle-end.ts';

const MINUTE_MS = 60_000;
let busy: boolean;
let ends: number;
const idle = () => idleEnd({ busy: () => busy, end: () => (ends += 1) });

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  busy = false;
  ends = 0;
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a labd that is idle', () => {
  it('stays where nobody said how long', () => {
    const one = idle();
    one.asked();
    jest.advanceTimersByTime(1000 * MINUTE_MS);
    expect([ends, one.endsAtMs]).toEqual([0, null]);
  });

  it('ends once nothing was asked of it for so long', () => {
    const one = idle();
    one.after(15 * 60);
    jest.advanceTimersByTime(14 * MINUTE_MS);
    one.asked();
    expect(one.endsAtMs).toBe(29 * MINUTE_MS);
    jest.advanceTimersByTime(14 * MINUTE_MS);
    expect(ends).toBe(0);
    jest.advanceTimersByTime(MINUTE_MS);
    expect(ends).toBe(1);
  });

  it('is not idle while a site is up', () => {
    const one = idle();
    one.after(15 * 60);
    busy = true;
    jest.advanceTimersByTime(100 * MINUTE_MS);
    expect([ends, one.endsAtMs]).toEqual([0, null]);
    busy = false;
    jest.advanceTimersByTime(15 * MINUTE_MS);
    expect(ends).toBe(1);
  });

  it('does not end twice when it is ended', () => {
    const one = idle();
    one.after(1);
    one.stop();
    jest.advanceTimersByTime(MINUTE_MS);
    expect([ends, one.endsAtMs]).toEqual([0, null]);
  });
});

import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { createClock } from './clock.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('stands still until it is played, then goes on with the time, and stops at the end', () => {
  const clock = createClock(10, 3, false);
  jest.advanceTimersByTime(5000);
  expect(clock.get()).toEqual({ second: 3, playing: false, speed: 1 });
  clock.play();
  jest.advanceTimersByTime(2000);
  expect(clock.get()).toMatchObject({ second: 5, playing: true });
  jest.advanceTimersByTime(60_000);
  expect(clock.get()).toEqual({ second: 10, playing: false, speed: 1 });
  expect(jest.getTimerCount()).toBe(0);
});

it('begins anew when it is played after its end', () => {
  const clock = createClock(10, 10, false);
  clock.play();
  expect(clock.get().second).toBe(0);
  clock.pause();
});

it('runs at twenty times the speed, with four pictures a second', () => {
  const clock = createClock(600, 0, false);
  clock.setSpeed(20);
  const shown: number[] = [];
  clock.subscribe(() => shown.push(clock.get().second));
  clock.play();
  jest.advanceTimersByTime(1000);
  expect(shown).toEqual([0, 5, 10, 15, 20]);
  clock.pause();
});

it('shows one picture a second to one who asked for less motion', () => {
  const clock = createClock(600, 0, true);
  clock.setSpeed(20);
  const shown: number[] = [];
  clock.subscribe(() => shown.push(clock.get().second));
  clock.play();
  jest.advanceTimersByTime(2000);
  expect(shown).toEqual([0, 20, 40]);
  clock.pause();
});

it('does not leave the run', () => {
  const clock = createClock(10, 99, false);
  expect(clock.get().second).toBe(10);
  clock.seek(-4);
  expect(clock.get().second).toBe(0);
});

it('stops when nobody looks any more', () => {
  const clock = createClock(10, 0, false);
  const leave = clock.subscribe(() => {});
  clock.play();
  leave();
  expect(jest.getTimerCount()).toBe(0);
  expect(clock.get().playing).toBe(false);
});

import { expect, it } from '@jest/globals';
import { DatabaseBusy } from './connections.ts';
import { turnstile } from './turnstile.ts';

const settled = async (promise: Promise<void>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 5))]);

it('lets so many in at once, and the next in order as they leave', async () => {
  const gate = turnstile(2);
  await gate.enter();
  await gate.enter();
  const [third, fourth] = [gate.enter(), gate.enter()];
  expect(await settled(third)).toBe(false);
  gate.leave();
  expect([await settled(third), await settled(fourth)]).toEqual([true, false]);
  gate.leave();
  expect(await settled(fourth)).toBe(true);
});

it('makes nobody wait for ever, and keeps the places of who gave up', async () => {
  const gate = turnstile(1, 10);
  await gate.enter();
  await expect(gate.enter()).rejects.toThrow(DatabaseBusy);
  gate.leave();
  expect(await settled(gate.enter())).toBe(true);
});

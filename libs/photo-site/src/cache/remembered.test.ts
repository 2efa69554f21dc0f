import { expect, it } from '@jest/globals';
import { remembered } from './remembered.ts';

it('remembers keys until they are forgotten, and of too many the latest', () => {
  const seen = remembered(2);
  for (const key of ['user:1', 'user:2']) seen.add(key);
  expect([seen.has('user:1'), seen.has('user:2'), seen.has('user:3')]).toEqual([true, true, false]);
  seen.add('user:3');
  expect([seen.has('user:1'), seen.has('user:2'), seen.has('user:3')]).toEqual([false, true, true]);
  seen.forget('user:3');
  expect(seen.has('user:3')).toBe(false);
});

it('takes no key of the site for another', () => {
  const seen = remembered();
  for (let id = 1; id <= 20_000; id += 1) seen.add(`feed:${id}`);
  const mistaken = Array.from({ length: 20_000 }, (_, index) => `feed-page:${index + 1}`).filter((key) => seen.has(key));
  expect(mistaken.length).toBeLessThan(10);
});

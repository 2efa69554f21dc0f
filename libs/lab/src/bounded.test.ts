import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { kept, oneAfterTheOther } from './bounded.ts';

it('computes an answer once for all who ask at the same moment, and again when it is old', async () => {
  let [computed, nowMs] = [0, 0];
  const answer = kept(
    async () => ++computed,
    1_000,
    () => nowMs,
  );
  expect(await Promise.all([answer(), answer(), answer()])).toEqual([1, 1, 1]);
  nowMs = 999;
  expect(await answer()).toBe(1);
  nowMs = 1_000;
  expect(await answer()).toBe(2);
});

it('keeps no answer that failed', async () => {
  let computed = 0;
  const answer = kept(() => (++computed === 1 ? Promise.reject(new Error('no nft')) : Promise.resolve(computed)), 1_000);
  await expect(answer()).rejects.toThrow('no nft');
  expect(await answer()).toBe(2);
});

it('begins each work when the one before has ended, well or not', async () => {
  const inTurn = oneAfterTheOther();
  const ends: ((fails: boolean) => void)[] = [];
  const begun: number[] = [];
  const work = (n: number) => () => {
    begun.push(n);
    return new Promise<number>((resolve, reject) => ends.push((fails) => (fails ? reject(new Error(`work ${n}`)) : resolve(n))));
  };
  const results = [inTurn(work(1)), inTurn(work(2)), inTurn(work(3))];
  await turn();
  expect(begun).toEqual([1]);
  ends[0]?.(true);
  await expect(results[0]).rejects.toThrow('work 1');
  await turn();
  expect(begun).toEqual([1, 2]);
  ends[1]?.(false);
  expect(await results[1]).toBe(2);
  await turn();
  expect(begun).toEqual([1, 2, 3]);
  ends[2]?.(false);
  expect(await results[2]).toBe(3);
});

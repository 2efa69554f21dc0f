import { expect, it } from '@jest/globals';
import { NotInTime, until } from './until.ts';

const QUICK = { what: 'the answer', everyMs: 1 };

it('asks until there is an answer; null, false and errors mean not yet', async () => {
  const answers = [() => null, () => false as const, () => Promise.reject(new Error('no connection')), () => 0];
  let asked = 0;
  const found = await until(() => (answers[asked++] as () => number | null | false | Promise<never>)(), QUICK);
  // 0 and '' are answers.
  expect(found).toBe(0);
  expect(asked).toBe(4);
});

it('gives up in time, and says what was waited for and what the last attempt said', async () => {
  const waiting = until(() => Promise.reject(new Error('connection refused')), { ...QUICK, timeoutMs: 20 });
  await expect(waiting).rejects.toThrow(NotInTime);
  await expect(waiting).rejects.toThrow(/^the answer: not within 0\.0 s; connection refused$/);
});

it('asks once even when there is no time', async () => {
  expect(await until(() => 'here', { ...QUICK, timeoutMs: 0 })).toBe('here');
});

it('ends with the reason of the signal, in the middle of a wait too', async () => {
  const stop = new AbortController();
  const waiting = until(() => null, { what: 'nothing', everyMs: 60_000, signal: stop.signal });
  setTimeout(() => stop.abort(new Error('web-1 died')), 5);
  await expect(waiting).rejects.toThrow('web-1 died');
  await expect(until(() => 'here', { ...QUICK, signal: stop.signal })).rejects.toThrow('web-1 died');
});

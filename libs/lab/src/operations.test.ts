import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { crash, scale, type Action, type Done, type OperationEvent } from '@loadstair/operations';
import { actionIn, createOperations, type Operations } from './operations.ts';

const DONE: Done = { result: { kind: 'done', host: 'web-1' }, text: 'web-1 crashed' };

async function eventsOf(operations: Operations, id: string): Promise<OperationEvent[]> {
  const events: OperationEvent[] = [];
  for await (const event of operations.events(id).read(0, new AbortController().signal)) events.push(event);
  return events;
}

describe('an operation', () => {
  it('says that it began, what happened meanwhile, and what came of it', async () => {
    const operations = createOperations(async () => {
      operations.progress(5, 'web-1 crashed');
      return DONE;
    });
    const begun = operations.begin(crash({ host: 'web-1' }));
    expect(begun).toMatchObject({ action: 'crash', input: { host: 'web-1' }, state: 'running', endedMs: null, result: null });
    expect(await eventsOf(operations, begun.id)).toMatchObject([
      { type: 'began', operation: { state: 'running' } },
      { type: 'progress', atMs: 5, text: 'web-1 crashed' },
      { type: 'ended', operation: { state: 'done', text: 'web-1 crashed', result: { kind: 'done', host: 'web-1' }, problem: null } },
    ]);
    expect(operations.get(begun.id)).toMatchObject({ state: 'done', endedMs: expect.any(Number) });
    // Who has ended is told nothing more.
    operations.progress(9, 'later');
    expect(await eventsOf(operations, begun.id)).toHaveLength(3);
  });

  it('is cancelled while it goes on, and fails with the words of what failed', async () => {
    const waits = (_: Action, signal: AbortSignal): Promise<Done> => delay(10_000, DONE, { signal });
    const operations = createOperations(waits);
    const [one, other] = [operations.begin(crash({ host: 'a' })), operations.begin(crash({ host: 'b' }))];
    expect(operations.cancel(one.id)).toMatchObject({ id: one.id });
    expect((await eventsOf(operations, one.id)).at(-1)).toMatchObject({ type: 'ended', operation: { state: 'cancelled', problem: null } });
    expect(operations.get(other.id)).toMatchObject({ state: 'running' });
    operations.cancelAll();
    expect((await eventsOf(operations, other.id)).at(-1)).toMatchObject({ operation: { state: 'cancelled' } });

    const failing = createOperations(() => Promise.reject(Object.assign(new Error('no'), { what: 'It broke.', code: 'E_BROKEN' })));
    const failed = failing.begin(crash({ host: 'a' }));
    expect((await eventsOf(failing, failed.id)).at(-1)).toMatchObject({
      operation: { state: 'failed', result: null, problem: { what: 'It broke.', code: 'E_BROKEN' } },
    });
  });

  it('that nobody knows is told as such', () => {
    const operations = createOperations(async () => DONE);
    for (const ask of [operations.get, operations.events, operations.cancel])
      expect(() => ask('x')).toThrow(expect.objectContaining({ status: 404 }));
  });

  it('is forgotten when it is old and has ended', async () => {
    const operations = createOperations(async () => DONE);
    const [first = ''] = Array.from({ length: 80 }, () => operations.begin(crash({ host: 'a' })).id);
    await delay(1);
    operations.begin(crash({ host: 'a' }));
    expect(() => operations.get(first)).toThrow('Unknown operation');
  });
});

it('a request names an action and gives it its input', () => {
  expect(scale.inputOf(actionIn({ action: 'scale', input: { tier: 'web', count: 3 } }))).toEqual({ tier: 'web', count: 3 });
  expect(actionIn({ action: 'compare-answers', input: { paths: ['/a', '/b'], users: 1 } })).toMatchObject({ name: 'compare-answers' });
  expect(() => actionIn({ action: 'scale', input: { tier: 'web', count: 0 } })).toThrow(
    expect.objectContaining({ status: 400, message: expect.stringContaining('input.count') }),
  );
  expect(() => actionIn({ action: 'explode', input: {} })).toThrow(expect.objectContaining({ status: 400 }));
});

import { expect, it } from '@jest/globals';
import { memoryCache } from './cache.ts';

const kept = async (cache: ReturnType<typeof memoryCache>, keys: readonly string[]): Promise<string[]> => {
  const found: string[] = [];
  for (const key of keys) if ((await cache.get(key)) !== undefined) found.push(key);
  return found;
};

it('keeps as many values as it may, those used last', async () => {
  const cache = memoryCache(2, 1_000);
  await cache.set('a', Buffer.alloc(1));
  await cache.set('b', Buffer.alloc(1));
  await cache.get('a');
  await cache.set('c', Buffer.alloc(1));
  expect(await kept(cache, ['a', 'b', 'c'])).toEqual(['a', 'c']);
});

it('keeps as many bytes as it may, however few values they are', async () => {
  const cache = memoryCache(10, 100);
  for (const key of ['a', 'b', 'c']) await cache.set(key, Buffer.alloc(45));
  expect(await kept(cache, ['a', 'b', 'c'])).toEqual(['b', 'c']);
  await cache.set('c', Buffer.alloc(10));
  await cache.set('d', Buffer.alloc(45));
  expect(await kept(cache, ['b', 'c', 'd'])).toEqual(['b', 'c', 'd']);
  await cache.set('large', Buffer.alloc(101));
  expect(await kept(cache, ['b', 'c', 'd', 'large'])).toEqual(['b', 'c', 'd']);
});

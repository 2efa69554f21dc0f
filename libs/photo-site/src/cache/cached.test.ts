import { describe, expect, it } from '@jest/globals';
import { keyOf, madeAnew, type Answers } from '../http/answers.ts';
import type { Photo, Photos } from '../storage/photos.ts';
import { cachedAnswers, invalidatingPhotos } from './cached.ts';
import type { ReadThrough } from './read-through.ts';

/** Keeps everything. */
function keeping(): Pick<ReadThrough, 'bytes'> {
  const kept = new Map<string, Buffer>();
  return {
    async bytes(key, load, encode) {
      const found = kept.get(key);
      if (found !== undefined) return found;
      const value = await load();
      if (value === null) return null;
      const made = Buffer.from(encode(value) as string);
      kept.set(key, made);
      return made;
    },
  };
}

const USER = { id: 12, name: 'Zoë' };

describe('answers', () => {
  it.each<[string, Answers]>([
    ['kept', cachedAnswers(keeping())],
    ['made anew', madeAnew],
  ])('%s are the same bytes, once and again', async (_how, answers) => {
    for (let time = 0; time < 2; time += 1) {
      expect((await answers.json('user:12', async () => USER))?.toString()).toBe('{"id":12,"name":"Zoë"}');
      expect(await answers.value('user:12', async () => USER)).toEqual(USER);
      const page = await answers.html(
        'page',
        async () => USER,
        ({ name }) => `<h1>${name}</h1>`,
      );
      expect(page?.toString()).toBe('<h1>Zoë</h1>');
    }
    expect(await answers.json('nobody', async () => null)).toBeNull();
  });

  it('found in the cache are neither loaded nor rendered again', async () => {
    const [answers, done] = [cachedAnswers(keeping()), [] as string[]];
    for (let time = 0; time < 3; time += 1) {
      await answers.html(
        'page',
        async () => (done.push('loaded'), USER),
        () => (done.push('rendered'), ''),
      );
    }
    expect(done).toEqual(['loaded', 'rendered']);
  });
});

describe('a write', () => {
  const photos = {
    add: async () => ({}) as Photo,
    like: async (photoId: number) => photoId === 1,
    comment: async () => ({}),
  } as unknown as Photos;

  it('drops what it makes wrong, and a like that was there before drops nothing', async () => {
    const dropped: string[] = [];
    const cache: Pick<ReadThrough, 'drop' | 'renew'> = {
      drop: async (...keys) => void dropped.push(...keys),
      renew: async (...changed) => void dropped.push(...changed.map(({ key }) => key)),
    };
    const written = invalidatingPhotos(photos, cache, () => '@edge');
    await written.add(12, 'Evening', 3);
    expect(dropped.splice(0)).toEqual([keyOf.profilePage(12, '@edge')]);
    await written.comment(7, { id: 12, name: 'Zoë' }, 'Lovely');
    expect(dropped.splice(0)).toEqual([keyOf.comments(7), keyOf.photo(7)]);
    await written.like(1, 12);
    await written.like(2, 12);
    expect(dropped).toEqual([keyOf.photo(1)]);
  });
});

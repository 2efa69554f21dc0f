import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { json, startSeededSite, type SeededSite } from './testing/seeded-site.ts';

let seeded: SeededSite;
const send: SeededSite['send'] = (...given) => seeded.send(...given);

beforeAll(async () => {
  seeded = await startSeededSite({}, '127.99.0.35');
}, 120_000);
afterAll(() => seeded?.stop(), 60_000);

describe('the page of a photo', () => {
  it.each([1, 7, 1000])('the page of photo %d from rows and as a document, to the byte the same', async (id) => {
    const rows = await (await send('GET', `/api/photos/${id}/page`)).text();
    expect(await (await send('GET', `/documents/photos/${id}`)).text()).toBe(rows);
    const page = JSON.parse(rows) as { author: { name: string }; likes: number; likedBy: { name: string }[] };
    expect(page.likedBy).toHaveLength(Math.min(20, page.likes));
    for (const { name } of [page.author, ...page.likedBy]) expect(name).toMatch(/^\S+ \S+$/);
  });

  it('renames a user in one row, and in every document that shows the name', async () => {
    const { likedBy } = (await json(await send('GET', '/documents/photos/3'))) as unknown as { likedBy: { id: number; name: string }[] };
    const { id, name } = likedBy[0] as (typeof likedBy)[number];
    const [firstName = '', lastName = ''] = name.split(' ');
    const shown = async (path: string): Promise<unknown> => {
      const page = (await json(await send('GET', path))) as unknown as { likedBy: { id: number; name: string }[] };
      return page.likedBy.find((person) => person.id === id)?.name;
    };
    const body = { firstName, lastName: `${lastName} Jr` };
    expect(await json(await send('PUT', `/users/${id}/name`, body))).toEqual({ id, ...body, written: 1 });
    expect([await shown('/api/photos/3/page'), await shown('/documents/photos/3')]).toEqual([`${name} Jr`, name]);
    const { written } = await json(await send('PUT', `/documents/users/${id}/name`, body));
    expect(written).toBeGreaterThanOrEqual(2);
    expect(await shown('/documents/photos/3')).toBe(`${name} Jr`);
    expect(await (await send('GET', `/documents/users/${id}`)).text()).toBe(await (await send('GET', `/users/${id}`)).text());
    expect(await (await send('GET', '/documents/photos/3')).text()).toBe(await (await send('GET', '/api/photos/3/page')).text());
    expect((await send('PUT', '/users/999999999/name', body)).status).toBe(404);
    expect((await send('PUT', '/documents/users/999999999/name', body)).status).toBe(404);
  });
});

import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { copyIn, hrefOf, textOf, withLinksOf, withoutLastSlash } from './copy.ts';

const page = (metas: Readonly<Record<string, string>>): Pick<Document, 'querySelector'> =>
  ({
    querySelector: (selector: string) => {
      const content = metas[/name="([\w-]+)"/.exec(selector)?.[1] ?? ''];
      return content === undefined ? null : { getAttribute: () => content };
    },
  }) as never;
const COPY = { base: '/demo' };

it.each([
  ['https://example.org/demo/runs/3f9k/', '../../', '/demo'],
  ['https://example.org/demo/', './', '/demo'],
  ['https://example.org/runs/', '../', ''],
])('a page at %s knows its root', (href, root, base) => {
  expect(copyIn(page({ 'loadstair-copy': root }), href)).toEqual({ base });
});

it('a page of labd is no copy', () => {
  expect(copyIn(page({}), 'http://127.0.0.1:4600/runs/')).toBeNull();
  expect(hrefOf('/api/runs', null)).toBe('/api/runs');
});

it('answers and links lie below the root of the copy', () => {
  expect(hrefOf('/api/runs?page=2', COPY)).toBe('/demo/api/runs@page=2.json.gz');
  expect(withLinksOf('<a class="x" href="/runs/3f9k">, <a href="#top">, <a href="//other">', COPY)).toBe(
    '<a class="x" href="/demo/runs/3f9k">, <a href="#top">, <a href="//other">',
  );
});

it('the slash of a folder is no part of the page', () => {
  expect(withoutLastSlash('/demo/runs/', COPY)).toBe('/demo/runs');
  expect(withoutLastSlash('/demo/', COPY)).toBe('/demo/');
});

it('reads a file whether or not the server unpacked it', async () => {
  expect(await textOf(new Response('{"a":1}'))).toBe('{"a":1}');
  expect(await textOf(new Response(new Uint8Array(gzipSync('{"a":1}'))))).toBe('{"a":1}');
});

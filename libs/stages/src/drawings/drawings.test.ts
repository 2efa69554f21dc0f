import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { draw, WIDTH } from './draw.ts';
import { drawingFiles } from './files.ts';

const MOST_BYTES = 15_000;

describe.each(drawingFiles().map(({ file, svg }) => ({ name: basename(file), file, svg })))('$name', ({ file, svg }) => {
  it('is what npm run drawings writes', () => {
    expect(readFileSync(file, 'utf8')).toBe(svg);
  });

  it('is small, has a title and a description, and runs nothing', () => {
    expect(Buffer.byteLength(svg)).toBeLessThanOrEqual(MOST_BYTES);
    expect(svg).toMatch(/<title id="title">.{4,}<\/title>\n<desc id="description">.{40,}<\/desc>/);
    expect(svg).not.toMatch(/<script|href=|url\(|on\w+=/);
  });

  it('keeps all its words inside', () => {
    const height = Number(/viewBox="0 0 \d+ (\d+)"/.exec(svg)?.[1]);
    for (const [, look = '', x = '', y = '', anchor = '', words = ''] of svg.matchAll(
      /<text class="([^"]*)" x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)">([^<]*)</g,
    )) {
      // A letter of 14 px is about 7.5 wide, one of 12 px 6.5.
      const width = words.length * (look.includes('small') ? 6.5 : 7.5);
      const left = Number(x) - (anchor === 'start' ? 0 : anchor === 'middle' ? width / 2 : width);
      expect({ words, fits: left >= 0 && left + width <= WIDTH && Number(y) <= height - 4 }).toEqual({ words, fits: true });
    }
  });
});

it('takes words for words', () => {
  const svg = draw({
    title: 'a < b',
    description: 'x & y',
    height: 20,
    parts: [{ kind: 'note', at: [10, 10], text: '<script>' }],
  });
  expect(svg).toContain('<title id="title">a &lt; b</title>');
  expect(svg).toContain('>&lt;script&gt;</text>');
});

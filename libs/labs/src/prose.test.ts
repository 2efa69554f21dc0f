import { describe, expect, it } from '@jest/globals';
import { BadGuide, plainText, readProse } from './prose.ts';

describe('prose', () => {
  it('is lists, tables, links and pictures', () => {
    const prose = readProse(`1. **First**, then
   [the page](https://example.org/a).
2. Last.

| kind | good *for* |
| ---- | ---------- |
| graph | \`a < b\` |

![One thing calls another](request-path.svg)
`);
    expect(prose).toEqual([
      {
        kind: 'list',
        ordered: true,
        items: [
          [
            { kind: 'strong', text: 'First' },
            { kind: 'text', text: ', then ' },
            { kind: 'link', text: 'the page', href: 'https://example.org/a' },
            { kind: 'text', text: '.' },
          ],
          [{ kind: 'text', text: 'Last.' }],
        ],
      },
      {
        kind: 'table',
        head: [
          [{ kind: 'text', text: 'kind' }],
          [
            { kind: 'text', text: 'good ' },
            { kind: 'emphasis', text: 'for' },
          ],
        ],
        rows: [[[{ kind: 'text', text: 'graph' }], [{ kind: 'code', text: 'a < b' }]]],
      },
      { kind: 'picture', file: 'request-path.svg', caption: 'One thing calls another' },
    ]);
  });

  it('keeps characters that mean something in HTML as they are', () => {
    const [block] = readProse('5 < 6 & "so" on, _really_ \\* it is');
    expect(block?.kind === 'text' ? plainText(block.inlines) : null).toBe('5 < 6 & "so" on, really * it is');
  });

  it('has words alone for a terminal, with the address of a link', () => {
    const [block] = readProse('See **the** [page](https://example.org/a) of `x`.');
    expect(block?.kind === 'text' ? plainText(block.inlines) : null).toBe('See the page (https://example.org/a) of `x`.');
  });

  it.each([
    ['HTML', '<script>alert(1)</script>'],
    ['HTML in a line', 'Look <img src=x onerror=alert(1)> here'],
    ['a link that runs something', '[here](javascript:alert(1))'],
    ['a link to a file', '[here](guide.md)'],
    ['a picture from elsewhere', '![a cat](https://example.org/cat.svg)'],
    ['a picture of another folder', '![a cat](../cat.svg)'],
    ['a picture without a caption', '![](cat.svg)'],
    ['a picture within a line', 'See ![a cat](cat.svg) here'],
    ['code of another language', '```js\nalert(1)\n```'],
    ['a heading', '#### Deep'],
  ])('has no %s', (_what, markdown) => {
    expect(() => readProse(markdown)).toThrow(BadGuide);
  });
});

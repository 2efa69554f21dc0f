import { describe, expect, it } from '@jest/globals';
import { readProse } from '@loadstair/labs';
import { labs } from '@loadstair/stages';
import { proseLines } from './prose-view.ts';

describe('the prose of a guide in a terminal', () => {
  it('is words, lists, tables, commands and captions', () => {
    const prose = readProse(`A **host** has an \`address\`,
see [the page](https://example.org/a).

- one
- two that is longer than the rest of this narrow list

\`\`\`sh
./lab run 1
\`\`\`

| kind | good for |
| --- | --- |
| graph | friends of friends and other walks |
`);
    expect(proseLines(1, prose, 40)).toEqual([
      'A host has an `address`, see the page',
      '(https://example.org/a).',
      '',
      '- one',
      '- two that is longer than the rest of',
      '  this narrow list',
      '',
      '  $ ./lab run 1',
      '',
      'kind   good for',
      '-----  ---------------------------------',
      'graph  friends of friends and other',
      '       walks',
    ]);
  });

  it('of every guide fits in 80 columns, and names a file for every picture', () => {
    for (const { stage, goal, background, steps } of labs) {
      const blocks = [...goal, ...background, ...steps.flatMap(({ text, anchor, why }) => [...text, ...anchor, ...why])];
      const lines = proseLines(stage, blocks, 80);
      expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
      const pictures = blocks.filter(({ kind }) => kind === 'picture');
      expect(lines.filter((line) => line.endsWith('.svg'))).toHaveLength(pictures.length);
    }
  });
});

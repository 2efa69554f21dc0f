import { describe, expect, it } from '@jest/globals';
import { readGuide } from './guide.ts';
import { BadGuide } from './prose.ts';

const GUIDE = `# One server

## Goal

Find the *end*.

## Background

It begins
on \`one\` host.

And again.

## 1. Look

Here it is.

### Check

- **hosts**: How many hosts
  serve it?
- **programs**: How many \`programs\`?

## 2. Optional: Where does it stop?

Load rises.

\`\`\`sh
./lab run 1
\`\`\`

### Predict

There are {look.hosts}.

- **load**: At which load?

### Check

- **busy**: How busy?

### Why

It was {busy} busy.

### Reflect

What would you change?
`;

const text = (words: string) => ({ kind: 'text', inlines: [{ kind: 'text', text: words }] });

describe('a guide', () => {
  it('is read as prose, and questions under their keys', () => {
    expect(readGuide(GUIDE)).toEqual({
      title: 'One server',
      goal: [
        {
          kind: 'text',
          inlines: [
            { kind: 'text', text: 'Find the ' },
            { kind: 'emphasis', text: 'end' },
            { kind: 'text', text: '.' },
          ],
        },
      ],
      background: [
        {
          kind: 'text',
          inlines: [
            { kind: 'text', text: 'It begins on ' },
            { kind: 'code', text: 'one' },
            { kind: 'text', text: ' host.' },
          ],
        },
        text('And again.'),
      ],
      steps: [
        {
          title: 'Look',
          optional: false,
          text: [text('Here it is.')],
          anchor: [],
          predict: {},
          check: { hosts: 'How many hosts serve it?', programs: 'How many “programs”?' },
          why: [],
          reflect: null,
        },
        {
          title: 'Where does it stop?',
          optional: true,
          text: [text('Load rises.'), { kind: 'command', text: './lab run 1' }],
          anchor: [text('There are {look.hosts}.')],
          predict: { load: 'At which load?' },
          check: { busy: 'How busy?' },
          why: [text('It was {busy} busy.')],
          reflect: 'What would you change?',
        },
      ],
    });
  });

  it.each([
    ['has no title', GUIDE.replace('# One server', '')],
    ['has no section ## Goal', GUIDE.replace('## Goal', '## Goals')],
    ['step 2 is called', GUIDE.replace('## 2. Optional', '## 3. Optional')],
    ['“Answer” in step', GUIDE.replace('### Reflect', '### Answer')],
    ['is not “**key**: question”', GUIDE.replace('**busy**: How busy?', 'How busy?')],
    ['begin with something else than a question', GUIDE.replace('- **busy**', 'Look closely.\n\n- **busy**')],
    ['is a blockquote, which no guide has', GUIDE.replace('And again.', '> And again.')],
  ])('that %s is refused', (says, markdown) => {
    expect(() => readGuide(markdown)).toThrow(BadGuide);
    expect(() => readGuide(markdown)).toThrow(says);
  });
});

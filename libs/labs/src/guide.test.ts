import { describe, expect, it } from '@jest/globals';
import { BadGuide, readGuide } from './guide.ts';

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
- **programs**: How many programs?

## 2. Where does it stop?

Load rises.

\`\`\`sh
./lab run 1
\`\`\`

### Predict

- **load**: At which load?

### Check

- **busy**: How busy?

### Reflect

What would you change?
`;

describe('a guide', () => {
  it('is read as prose, and questions under their keys', () => {
    expect(readGuide(GUIDE)).toEqual({
      title: 'One server',
      goal: [{ kind: 'text', text: 'Find the end.' }],
      background: [
        { kind: 'text', text: 'It begins on one host.' },
        { kind: 'text', text: 'And again.' },
      ],
      steps: [
        {
          title: 'Look',
          text: [{ kind: 'text', text: 'Here it is.' }],
          predict: {},
          check: { hosts: 'How many hosts serve it?', programs: 'How many programs?' },
          reflect: null,
        },
        {
          title: 'Where does it stop?',
          text: [
            { kind: 'text', text: 'Load rises.' },
            { kind: 'command', text: './lab run 1' },
          ],
          predict: { load: 'At which load?' },
          check: { busy: 'How busy?' },
          reflect: 'What would you change?',
        },
      ],
    });
  });

  it.each([
    ['has no title', GUIDE.replace('# One server', '')],
    ['has no section ## Goal', GUIDE.replace('## Goal', '## Goals')],
    ['step 2 is called', GUIDE.replace('## 2. Where', '## 3. Where')],
    ['“Answer” in step', GUIDE.replace('### Reflect', '### Answer')],
    ['is not “**key**: question”', GUIDE.replace('**busy**: How busy?', 'How busy?')],
  ])('that %s is refused', (says, markdown) => {
    expect(() => readGuide(markdown)).toThrow(BadGuide);
    expect(() => readGuide(markdown)).toThrow(says);
  });
});

/** A stage's guide.md, read: prose, and the words of every question under its key. */
export interface Guide {
  readonly title: string;
  readonly goal: readonly Block[];
  readonly background: readonly Block[];
  readonly steps: readonly GuideStep[];
}

export interface GuideStep {
  readonly title: string;
  readonly text: readonly Block[];
  readonly predict: Readonly<Record<string, string>>;
  readonly check: Readonly<Record<string, string>>;
  readonly reflect: string | null;
}

/** What prose is made of: paragraphs and commands, without other marks. */
export interface Block {
  readonly kind: 'text' | 'command';
  readonly text: string;
}

/** The guide of a stage has a form; this is where it departs from it. */
export class BadGuide extends Error {
  constructor(why: string) {
    super(`A guide.md is not of the form of docs/explanation/guided-labs.md: ${why}.`);
    this.name = 'BadGuide';
  }
}

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Throws BadGuide. */
export function readGuide(markdown: string): Guide {
  const [head, ...sections] = split(markdown, '## ');
  const title = /^# (.+)$/m.exec(head?.lines.join('\n') ?? '')?.[1];
  if (title === undefined) throw new BadGuide('it has no title (# …)');
  const named = (name: string): readonly Block[] => {
    const section = sections.find((one) => one.title === name);
    if (section === undefined) throw new BadGuide(`it has no section ## ${name}`);
    return blocks(section.lines);
  };
  const steps = sections.filter((section) => /^\d+\. /.test(section.title));
  for (const [index, step] of steps.entries()) {
    if (!step.title.startsWith(`${index + 1}. `)) throw new BadGuide(`step ${index + 1} is called “${step.title}”`);
  }
  return { title, goal: named('Goal'), background: named('Background'), steps: steps.map(readStep) };
}

function readStep({ title, lines }: Section): GuideStep {
  const [text, ...parts] = split(lines.join('\n'), '### ');
  const part = (name: string): Section | undefined => parts.find((one) => one.title === name);
  const strange = parts.find((one) => !['Predict', 'Check', 'Reflect'].includes(one.title));
  if (strange !== undefined) throw new BadGuide(`“${strange.title}” in step ${title} is none of Predict, Check, Reflect`);
  const reflect = part('Reflect');
  return {
    title: title.replace(/^\d+\. /, ''),
    text: blocks(text?.lines ?? []),
    predict: questions(part('Predict')),
    check: questions(part('Check')),
    reflect: reflect === undefined ? null : plain(reflect.lines.join(' ')),
  };
}

/** `- **key**: Question?`, going on in lines that are indented. */
function questions(section: Section | undefined): Record<string, string> {
  if (section === undefined) return {};
  const items = section.lines
    .join('\n')
    .split(/^- /m)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return Object.fromEntries(
    items.map((item) => {
      const [, key, words] = /^\*\*([a-z-]+)\*\*: ([\s\S]+)$/.exec(item) ?? [];
      if (key === undefined || words === undefined) throw new BadGuide(`“${item}” is not “**key**: question”`);
      return [key, plain(words)];
    }),
  );
}

/** Lines before the first heading of this depth, then each heading with its own. */
function split(markdown: string, mark: string): Section[] {
  const sections: { title: string; lines: string[] }[] = [{ title: '', lines: [] }];
  for (const line of markdown.split('\n')) {
    if (line.startsWith(mark)) sections.push({ title: line.slice(mark.length).trim(), lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return sections;
}

function blocks(lines: readonly string[]): Block[] {
  return lines
    .join('\n')
    .split(/\n\s*\n/)
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const command = /^\s*```sh\n([\s\S]+?)\n\s*```/.exec(block)?.[1];
      return command === undefined ? { kind: 'text', text: plain(block) } : { kind: 'command', text: command };
    });
}

/** One line, without marks of Markdown. */
function plain(text: string): string {
  return text.replaceAll(/[`*]/g, '').replaceAll(/\s+/g, ' ').trim();
}

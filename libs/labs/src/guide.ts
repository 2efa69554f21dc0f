import { BadGuide, readProse, type Block } from './prose.ts';

/** A stage's guide.md, read: prose, and the words of every question under its key. */
export interface Guide {
  readonly title: string;
  readonly goal: readonly Block[];
  readonly background: readonly Block[];
  readonly steps: readonly GuideStep[];
}

export interface GuideStep {
  readonly title: string;
  /** The lab is done without it. */
  readonly optional: boolean;
  readonly text: readonly Block[];
  /** What a prediction can start from; may name figures of earlier steps in braces. */
  readonly anchor: readonly Block[];
  readonly predict: Readonly<Record<string, string>>;
  readonly check: Readonly<Record<string, string>>;
  /** What happened and why; may name figures of this step and of earlier ones in braces. */
  readonly why: readonly Block[];
  readonly reflect: string | null;
}

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

const PARTS = ['Predict', 'Check', 'Why', 'Reflect'];
const OPTIONAL = /^Optional: /;

/** Throws BadGuide. */
export function readGuide(markdown: string): Guide {
  const [head, ...sections] = split(markdown, '## ');
  const title = /^# (.+)$/m.exec(head?.lines.join('\n') ?? '')?.[1];
  if (title === undefined) throw new BadGuide('it has no title (# …)');
  const named = (name: string): readonly Block[] => {
    const section = sections.find((one) => one.title === name);
    if (section === undefined) throw new BadGuide(`it has no section ## ${name}`);
    return readProse(section.lines.join('\n'));
  };
  const steps = sections.filter((section) => /^\d+\. /.test(section.title));
  for (const [index, step] of steps.entries()) {
    if (!step.title.startsWith(`${index + 1}. `)) throw new BadGuide(`step ${index + 1} is called “${step.title}”`);
  }
  return { title, goal: named('Goal'), background: named('Background'), steps: steps.map(readStep) };
}

function readStep({ title, lines }: Section): GuideStep {
  const [text, ...parts] = split(lines.join('\n'), '### ');
  const linesOf = (name: string): readonly string[] => parts.find((part) => part.title === name)?.lines ?? [];
  const strange = parts.find((part) => !PARTS.includes(part.title));
  if (strange !== undefined) throw new BadGuide(`“${strange.title}” in step ${title} is none of ${PARTS.join(', ')}`);
  const { before, questions: predict } = readQuestions(linesOf('Predict'));
  const check = readQuestions(linesOf('Check'));
  if (check.before.length > 0) throw new BadGuide(`the checks of step ${title} begin with something else than a question`);
  const reflect = plain(linesOf('Reflect').join(' '));
  const named = title.replace(/^\d+\. /, '');
  return {
    title: named.replace(OPTIONAL, ''),
    optional: OPTIONAL.test(named),
    text: readProse((text?.lines ?? []).join('\n')),
    anchor: before,
    predict,
    check: check.questions,
    why: readProse(linesOf('Why').join('\n')),
    reflect: reflect === '' ? null : reflect,
  };
}

/** Prose, then `- **key**: Question?`, going on in lines that are indented. */
function readQuestions(lines: readonly string[]): { readonly before: readonly Block[]; readonly questions: Record<string, string> } {
  const first = lines.findIndex((line) => line.startsWith('- '));
  const from = first === -1 ? lines.length : first;
  const items = lines
    .slice(from)
    .join('\n')
    .split(/^- /m)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const questions = items.map((item) => {
    const [, key, words] = /^\*\*([a-z-]+)\*\*: ([\s\S]+)$/.exec(item) ?? [];
    if (key === undefined || words === undefined) throw new BadGuide(`“${item}” is not “**key**: question”`);
    return [key, plain(words)] as const;
  });
  return { before: readProse(lines.slice(0, from).join('\n')), questions: Object.fromEntries(questions) };
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

/** One line, without marks of Markdown: what a field is labelled with. Names keep apart from words by quotation marks. */
function plain(text: string): string {
  return text
    .replaceAll(/`([^`]*)`/g, '“$1”')
    .replaceAll('*', '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

import {
  calibrationLines,
  cellText,
  runsWords,
  type CheckView,
  type ClassColumn,
  type ClassOverview,
  type Form,
  type GradedView,
  type Hint,
  type LabSummary,
  type Place,
  type StepView,
} from '@loadstair/labs';
import { rankingLines } from './gameday-view.ts';
import type { Stream } from './io.ts';
import { proseLines } from './prose-view.ts';
import { wrap } from './wrap.ts';

/** Room at the right of a question for what is typed. */
const TYPED = 12;
const INDENT = 2;
export const NOT_SURE = 'not sure';
const SURE = ['guess', 'fairly', 'very'] as const;

/** Title and prose of a step; nothing that stands in it answers what is asked below. */
export function stepText(view: StepView, { paint, columns }: Stream): string {
  const head = `Lab ${view.stage}, step ${view.number} of ${view.of}${view.optional ? ' (optional)' : ''}. ${view.title}`;
  return `${[paint.bold(head), ...proseLines(view.stage, view.text, columns)].join('\n')}\n`;
}

/** What a lab is for, before its first step. */
export function labText(
  lab: { readonly stage: number; readonly title: string; readonly goal: StepView['text']; readonly background: StepView['text'] },
  { paint, columns }: Stream,
): string {
  const prose = proseLines(lab.stage, [...lab.goal, ...lab.background], columns);
  return `${[paint.bold(`Lab ${lab.stage}. ${lab.title}`), ...prose].join('\n')}\n`;
}

/** What a prediction can start from; empty where there is nothing. */
export function anchorText({ stage, predict }: StepView, { columns }: Stream): string {
  const lines = proseLines(stage, predict?.anchor ?? [], columns);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
}

/** What happened and why. */
export function whyText({ stage, why }: StepView, { columns, paint }: Stream): string {
  return why === null ? '' : `\n${[paint.bold('Why'), ...proseLines(stage, why.blocks, columns)].join('\n')}\n`;
}

/** `First to run out?  1 lb-1  2 web tier  3 not sure  > ` */
export function questionPrompt(ask: string, form: Form, maybeUnsure: boolean, columns: number): string {
  const options =
    form.kind === 'choice'
      ? [...form.options.map((option) => option.label), ...(maybeUnsure ? [NOT_SURE] : [])].map((label, index) => `${index + 1} ${label}`)
      : [form.kind === 'range' ? 'from-to' : 'a number', ...(maybeUnsure ? ['? not sure'] : [])];
  return prompt(ask, options, columns);
}

export function surePrompt(columns: number): string {
  return prompt(
    'Sure?',
    SURE.map((word, index) => `${index + 1} ${word}`),
    columns,
  );
}

/** Null when it is none of the three. */
export function sureOf(typed: string): (typeof SURE)[number] | null {
  const text = typed.trim().toLowerCase();
  return SURE.find((word, index) => text === word || text === String(index + 1)) ?? null;
}

/** On one line where that fits; else the choices begin below what is asked. */
export function prompt(ask: string, options: readonly string[], columns: number): string {
  const width = columns - TYPED;
  const whole = [ask, ...options].join('  ');
  if (whole.length <= width) return `${whole}  > `;
  const lines: string[] = [];
  for (const option of options) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 2 + option.length > width) lines.push(`${' '.repeat(INDENT)}${option}`);
    else lines[lines.length - 1] = `${last}  ${option}`;
  }
  return `${[...wrap(ask, columns, 0), ...lines].join('\n')}  > `;
}

/** What is to be reached by a change, what it may cost, and what was tried. */
export function fixText({ goal, budget, tried }: NonNullable<StepView['fix']>, { columns, marks }: Stream): string {
  const before = tried.flatMap(({ set, text }) =>
    wrap(`${marks.none} ${set.length === 0 ? 'unchanged' : set.join(' ')}: ${text}`, columns, INDENT),
  );
  return `${[...wrap(goal, columns, 0), ...wrap(budget, columns, 0), ...before].join('\n')}\n`;
}

/** Asks for a change, or for the run of the unchanged site that shows the goal. */
export function changePrompt({ stage, topology }: StepView, { first }: NonNullable<StepView['fix']>, columns: number): string {
  const others = ['s: skip the step', 'q: leave'];
  if (first) return prompt('Run the site unchanged?', ['Enter: run', ...others], columns);
  const tier = topology?.tiers[0]?.name ?? 'tier';
  const ask = wrap(`Your change, for example ${tier}.cpu=1.5 ${tier}.count=2?`, columns, 0);
  // Several settings need a line of their own.
  return `${[...ask, `  ./lab settings ${stage}: all keys  ${others.join('  ')}`].join('\n')}\n  > `;
}

/** What became of each predicted answer; where it differs, the longer explanation. */
export function gradedText(graded: readonly GradedView[], stream: Stream): string {
  return graded
    .flatMap((one) => [...marked(one, stream), ...one.because.flatMap((text) => wrap(`    ${text}`, stream.columns, 4))])
    .map((line) => `${line}\n`)
    .join('');
}

/** What became of an answer to a check. */
export function checkedText(check: CheckView, stream: Stream): string {
  return check.last === null
    ? ''
    : marked(check.last, stream)
        .map((line) => `${line}\n`)
        .join('');
}

/** @param link of a place on a run's page */
export function hintText(hint: Hint, link: (place: Place) => readonly string[], { columns, paint }: Stream): string {
  const head = `hint ${hint.level} of 3`;
  const body =
    hint.level === 1 ? [`Look at ${hint.place.says}.`, ...link(hint.place)] : [hint.text, ...('because' in hint ? hint.because : [])];
  const [first = '', ...rest] = body;
  return [...wrap(`${paint.bold(head)}  ${first}`, columns, INDENT), ...rest.flatMap((line) => wrap(`  ${line}`, columns, INDENT))]
    .map((line) => `${line}\n`)
    .join('');
}

/** What can be done beside answering. */
export function checkMenu({ hints, hintsLeft }: CheckView): string {
  const hint = hintsLeft > 0 ? `h: hint ${hints.length + 1} of ${hints.length + hintsLeft}` : 'h: the last hint again';
  return `  ${hint}   r: read again   s: skip the step   q: leave  > `;
}

/** Labs and where a learner stands in each. */
export function labListLines(labs: readonly LabSummary[], learner: string): string[] {
  const rows = labs.map((lab) => {
    const state =
      lab.next === null
        ? `done${lab.optional === 0 ? '' : `, ${lab.optional} optional steps left`}`
        : lab.begun
          ? `step ${lab.next.number} of ${lab.steps}: ${lab.next.title}`
          : `${lab.steps} steps, ${runsWords(lab.takesS)}`;
    return `${String(lab.stage).padStart(2)}  ${lab.title.padEnd(18)}  ${state}`;
  });
  const next = labs.find((lab) => lab.next !== null);
  return [`labs of ${learner}`, ...rows, '', next === undefined ? 'next   ./lab stages' : `next   ./lab workshop ${next.stage}`];
}

/** The teacher's table: a lab each, within 80 columns. */
export function classLines({ columns, rows, sameNames, calibration, games, gain }: ClassOverview): string[] {
  const stages = [...new Set(columns.map((column) => column.stage))];
  const labs = stages.flatMap((stage, index) => {
    const own = columns.flatMap((column, at) => (column.stage === stage ? [{ column, at }] : []));
    const cell = (text: string): string => text.slice(0, CELL - 1).padEnd(CELL);
    const line = (name: string, cells: readonly string[]): string =>
      `${name.slice(0, NAME - 1).padEnd(NAME)}${cells.map(cell).join('')}`.trimEnd();
    return [
      ...(index === 0 ? [] : ['']),
      line(
        `lab ${stage}`,
        own.map(({ column }) => `step ${column.number}`),
      ),
      ...rows.map((row) =>
        line(
          row.learner,
          own.map(({ at }) => cellText(row.cells[at] ?? { kind: 'untouched' })),
        ),
      ),
      line(
        'right at first',
        own.map(({ column: { right } }) => (right === null ? '–' : `${right.right} of ${right.of}`)),
      ),
      ...own.flatMap(({ column }) => [...wrongLines(column), ...reflectionLines(column)]),
    ];
  });
  const sure = calibrationLines(calibration);
  return [
    ...sameNames.flatMap((name) =>
      wrap(`Several learners are called ${name}. The id in their logs distinguishes them; ask each for a different name.`, COLUMNS, 0),
    ),
    ...labs,
    ...rankingLines(games),
    ...(gain === null ? [] : ['', ...wrap(gain, COLUMNS, 0)]),
    ...(sure.length === 0 ? [] : ['', 'how sure learners were, and how often they were right', ...sure.map((line) => `  ${line}`)]),
  ];
}

const COLUMNS = 80;
const NAME = 16;
const CELL = 12;

function wrongLines({ number, title, wrong }: ClassColumn): string[] {
  return wrong.flatMap(({ about, said, times, why }) => [
    ...wrap(`  step ${number} ${title}: most common wrong prediction: ${said} (${about}), ${times}×`, COLUMNS, 4),
    ...why.flatMap(({ reason, sure }) => wrap(`    because “${reason}”${sure === null ? '' : ` (${sure})`}`, COLUMNS, 6)),
  ]);
}

function reflectionLines({ number, reflections }: ClassColumn): string[] {
  return reflections.flatMap(({ learner, text }) => wrap(`  step ${number}, ${learner} thinks: ${text}`, COLUMNS, 4));
}

function marked(
  { outcome, text }: { readonly outcome: GradedView['outcome']; readonly text: string },
  { paint, marks, columns }: Stream,
): string[] {
  const mark = { right: paint.good(marks.good), differs: marks.bad, unsure: marks.none, 'not-shown': marks.refused }[outcome];
  const [first = '', ...more] = wrap(text, columns - INDENT, 0);
  return [`${mark} ${first}`, ...more.map((line) => `  ${line}`)];
}

import { outcomeSentence, type ExpectationResult, type ExperimentOutcome } from '@loadstair/experiments';
import type { Stream } from './io.ts';
import { wrap } from './wrap.ts';

/** Two spaces, a mark, a space. */
const ABOUT_INDENT = 4;
/** Where what was expected and measured begins. */
const INDENT = 14;
/** Room for the code of a check. */
const CODE = 12;

/** What an experiment came to: the sentence, every expectation with what was measured, and the table where there is one. */
export function outcomeBlock(outcome: ExperimentOutcome, stream: Stream): string {
  const { paint, marks } = stream;
  const [sentence = '', ...more] = wrap(`${markOf(outcome, stream)} ${outcomeSentence(outcome)}`, stream.columns, 2);
  return `${[
    paint.bold(sentence),
    ...more.map((line) => paint.bold(line)),
    ...outcome.checks.flatMap((check) => [
      ...wrap(
        `  ${marks.refused} ${check.code.padEnd(CODE)}${check.measured}; allowed ${check.allowed}`,
        stream.columns,
        ABOUT_INDENT + CODE,
      ),
      ...wrap(`    ${'do'.padEnd(CODE)}${check.advice}`, stream.columns, ABOUT_INDENT + CODE),
    ]),
    ...outcome.results.flatMap((result) => resultLines(result, stream)),
    ...tableLines(outcome.table),
  ].join('\n')}\n`;
}

/** Exit status of an outcome (ux.md §7). */
export function experimentExit({ kind }: ExperimentOutcome): number {
  return { held: 0, 'not-held': 5, refused: 3 }[kind];
}

function markOf({ kind }: ExperimentOutcome, { marks }: Stream): string {
  return { held: marks.good, 'not-held': marks.bad, refused: marks.refused }[kind];
}

function resultLines(result: ExpectationResult, { paint, marks, columns }: Stream): string[] {
  const mark = result.holds === null ? marks.refused : result.holds ? paint.good(marks.good) : paint.bad(marks.bad);
  const [about = '', ...more] = wrap(result.about, columns - ABOUT_INDENT, 0);
  return [
    `  ${mark} ${about}`,
    ...more.map((line) => `${' '.repeat(ABOUT_INDENT)}${line}`),
    ...wrap(`    expected  ${result.expected}`, columns, INDENT),
    ...wrap(`    measured  ${result.measured}`, columns, INDENT),
    ...result.details.flatMap((detail) => wrap(`${' '.repeat(INDENT)}${detail}`, columns, INDENT)).map((line) => paint.dim(line)),
  ];
}

function tableLines(table: ExperimentOutcome['table']): string[] {
  if (table === null) return [];
  const all = [table.head, ...table.rows];
  const widths = table.head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return [
    '',
    ...all.map(
      (row) =>
        `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('   ')}`,
    ),
  ];
}

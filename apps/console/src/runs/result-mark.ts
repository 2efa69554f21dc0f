import type { ListedRunAnswer } from '@loadstair/lab-api';

type Result = Extract<ListedRunAnswer, { kind: 'run' }>['result'];

const MARKS: Readonly<Record<Result, string>> = {
  named: '▲',
  'none-in-range': '–',
  unexplained: '?',
  refused: '×',
  held: '✓',
  'not-held': '✗',
};

/** The sign of a result, as the terminal has it. */
export function resultMark(result: Result): string {
  return MARKS[result];
}

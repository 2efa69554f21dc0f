import { rate } from '@loadstair/analysis';
import { settingsOf, type Injection } from '@loadstair/stages';
import { expectedText, LEAST_MOVE, LEAST_RIGHT, type Judged, type Score } from '@loadstair/verify';
import type { Stream } from './io.ts';

type Shows = Pick<Stream, 'marks' | 'paint'>;

const WIDTHS = { name: 14, expected: 19, said: 19, load: 5, control: 8, moved: 6 } as const;

export function injectedHeading({ paint }: Shows): string {
  return paint.bold(`  ${cells('injected', 'expected', 'named', 'load', 'control', 'moved')}`);
}

/** One injection as a line of at most 80 columns. */
export function injectedLine(judged: Judged, { marks, paint }: Shows): string {
  const mark = { right: paint.good(marks.good), wrong: paint.bad(marks.bad), 'moved-nothing': marks.none }[judged.as];
  const load = judged.load === null ? marks.none : rate(judged.load);
  const control = judged.controlLoad === null ? marks.none : rate(judged.controlLoad);
  const moved = judged.moved === null ? marks.none : `${judged.moved < 0 ? '−' : '+'}${Math.round(100 * Math.abs(judged.moved))} %`;
  return `${mark} ${cells(judged.injection.name, expectedText(judged.injection.expected), judged.said, load, control, moved)}`;
}

/** What stands below the table. */
export function injectedSummary(judged: readonly Judged[], score: Score): string[] {
  const idle = judged.filter((one) => one.as === 'moved-nothing').map((one) => one.injection.name);
  return [
    ...(idle.length === 0 ? [] : [`moved nothing (less than ${100 * LEAST_MOVE} %): not counted: ${idle.join(', ')}`]),
    `${score.right} of ${score.of} right (at least ${100 * LEAST_RIGHT} % needed)`,
    ...(score.heldOut.of === 0 ? [] : [`of these held out while rules are made: ${score.heldOut.right} of ${score.heldOut.of}`]),
  ];
}

/** The catalogue: what is injected, where, and how. */
export function injectionListLines(all: readonly Injection[], columns: number): string[] {
  return all.flatMap((one) => {
    const where = `stage ${one.stage}${one.profile === null ? '' : `, profile ${one.profile}`}`;
    const head = `${one.name.padEnd(WIDTHS.name)}  ${expectedText(one.expected).padEnd(WIDTHS.expected)}${where}`;
    const how = settingsOf(one).join(' ');
    const whole = `${head}   ${how}`.trimEnd();
    return [...(whole.length <= columns ? [whole] : [head, `  ${how}`]), ...indented(one.mechanism, columns)];
  });
}

function indented(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > columns - 1) lines.push(`  ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

function cells(name: string, expected: string, said: string, load: string, control: string, moved: string): string {
  const fit = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width));
  return [
    fit(name, WIDTHS.name),
    ' ',
    fit(expected, WIDTHS.expected),
    ' ',
    fit(said, WIDTHS.said),
    load.padStart(WIDTHS.load),
    control.padStart(WIDTHS.control),
    moved.padStart(WIDTHS.moved + 1),
  ].join('');
}

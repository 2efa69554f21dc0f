import type { SearchSheet, StageScore } from '@loadstair/simulation';
import { rate } from '@loadstair/analysis';
import type { Stream } from './io.ts';

const COLUMNS = [7, 9, 10, 19, 17, 8, 7] as const;

/** What repeated capacity searches of simulated sites say of the interval of one, as lines of at most 80 columns. */
export function searchesLines(
  sheet: SearchSheet,
  about: { readonly seed: number; readonly each: number },
  { marks, paint }: Pick<Stream, 'marks' | 'paint'>,
): string[] {
  return [
    paint.bold(`${about.each} simulated capacity searches of each stage, seed ${about.seed}`),
    '',
    row(['STAGE', 'FOUND', 'ARRIVALS/S', ' SCATTER (95 %)', 'COVERED', 'WIDTH', 'S']),
    ...sheet.stages.map((stage) => row(cells(stage))),
    '',
    `scatter   coefficient of variation of the searches of a stage`,
    `covered   printed 95 % intervals that hold the mean of the other searches`,
    `width     median of how far an interval reaches up and down`,
    `equal     ${sheet.falseClaims.right} of ${sheet.falseClaims.of} comparisons of a site with itself called better or worse`,
    '',
    ...sheet.bars.map((bar) => {
      const mark = bar.met ? paint.good(marks.good) : paint.bad(marks.bad);
      return `${mark} ${bar.text.padEnd(60)} ${bar.value.toFixed(3)} (${bar.least.toFixed(2)})`;
    }),
  ];
}

function cells({ stage, found, load, cv, cvInterval, covered, width, seconds }: StageScore): string[] {
  const [low, high] = covered.interval.map((share) => Math.round(100 * share));
  return [
    String(stage),
    `${found.right}/${found.of}`,
    rate(load),
    ` ${percent(cv)} (${cvInterval.map(percent).join('–')}) %`,
    `${Math.round(100 * covered.share)} % (${low}–${high})`,
    `±${percent(width)} %`,
    seconds.toFixed(0),
  ];
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function row(texts: readonly string[]): string {
  return texts
    .map((text, index) => text.padEnd(COLUMNS[index] ?? 0))
    .join(' ')
    .trimEnd();
}

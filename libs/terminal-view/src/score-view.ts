import { headline, type ScoreSheet, type Share, type SinglesScore } from '@loadstair/simulation';
import type { Stream } from './io.ts';

const LABEL = 34;
const IN_THREE = 8;

/** Score sheets of the same seed: of cases that may be looked at, of those held out, and of all. */
export interface ScoreSheets {
  readonly open: ScoreSheet;
  readonly heldOut: ScoreSheet;
  readonly all: ScoreSheet;
}

/** The score sheet as lines of at most 80 columns. Of the cases held out only their score. */
export function scoreLines({ open, heldOut, all }: ScoreSheets, seed: number, stream: Pick<Stream, 'marks' | 'paint'>): string[] {
  const { marks, paint } = stream;
  return [
    paint.bold(`Simulated runs with a known limit, seed ${seed}: two thirds in detail`),
    '',
    ...sheetLines(open),
    '',
    ...heldOutLines(heldOut, all),
    '',
    ...all.bars.map((bar) => {
      const mark = bar.met ? paint.good(marks.good) : paint.bad(marks.bad);
      return `${mark} ${bar.text.padEnd(60)} ${bar.value.toFixed(2)} (${bar.least.toFixed(2)})`;
    }),
  ];
}

function heldOutLines(heldOut: ScoreSheet, all: ScoreSheet): string[] {
  const [apart, whole] = [headline(heldOut), headline(all)];
  const row = (label: string, value: (of: typeof apart) => string): string => line(label, value(apart), value(whole));
  return [
    heading('the held-out third', 'its score', 'with the others'),
    row('one cause, named first', (of) => share(of.first)),
    row('two at once', (of) => share(of.two)),
    row('refused, not trustworthy', (of) => share(of.refused)),
    row('refused, although trustworthy', (of) => share(of.falselyRefused)),
    row('a limit named although nothing ran out', (of) => share(of.falseNames)),
    row('calibration error', ({ ece }) => number(ece)),
  ];
}

function sheetLines(sheet: ScoreSheet): string[] {
  return [
    heading('one cause', 'named first', `${'in 3'.padEnd(IN_THREE)}better naive`),
    line('all', share(sheet.first), percent(sheet.firstThree)),
    ...sheet.byStage.map((one) => singlesLine(`stage ${one.stage}`, one)),
    ...sheet.byKind.map((one) => singlesLine(one.kind, one)),
    '',
    heading('two at once', 'both, and nothing else'),
    line('all', share(sheet.two)),
    ...sheet.twoByKind.map((one) => line(one.kind, share(one.set))),
    '',
    heading('not trustworthy', 'refused', 'right code'),
    line('all', share(sheet.refused)),
    ...sheet.refusedByKind.map((one) => line(one.kind, share(one.refused), percent(one.rightCode))),
    line('refused, although trustworthy', share(sheet.falselyRefused)),
    '',
    heading('nothing ran out', ''),
    line('a limit named nevertheless', share(sheet.falseNames)),
    '',
    heading('confidence', 'came true'),
    ...sheet.confidence.bins.map((bin) =>
      line(`said ${bin.mean.toFixed(2)} (${bin.from.toFixed(2)}–${bin.to.toFixed(2)})`, share(bin.right)),
    ),
    ...sheet.confidence.byKind.map(({ kind, mean, right }) => line(`${kind}, confidence ${mean.toFixed(2)}`, share(right))),
    line('expected calibration error', number(sheet.confidence.ece)),
    line('Brier score (0 is best)', number(sheet.confidence.brier)),
    line('load found, median error', sheet.loadError === null ? '–' : `${(100 * sheet.loadError).toFixed(1)} %`),
    '',
    heading('naive rules, one cause', 'all', 'cause not loudest'),
    line('this engine', share(sheet.first), share(sheet.quiet.first)),
    line('highest CPU', share(sheet.baselines.highestCpu), share(sheet.quiet.highestCpu)),
    line('largest z-score', share(sheet.baselines.largestZ), share(sheet.quiet.largestZ)),
  ];
}

function singlesLine(label: string, { first, firstThree, naive }: SinglesScore): string {
  return line(label, share(first), `${percent(firstThree).padEnd(IN_THREE)}${percent(naive)}`);
}

function heading(first: string, ...others: readonly string[]): string {
  return line(first.toUpperCase(), ...others);
}

function line(label: string, ...cells: readonly string[]): string {
  return `${label.padEnd(LABEL)}${cells.map((cell) => cell.padEnd(24)).join('')}`.trimEnd();
}

/** `57/60  95 % (86–98)` */
function share(one: Share): string {
  if (one.of === 0) return '–';
  const [low, high] = one.interval.map((value) => Math.round(100 * value));
  return `${`${one.right}/${one.of}`.padEnd(8)}${percent(one)} (${low}–${high})`;
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}

function percent(one: Share): string {
  return one.of === 0 ? '–' : `${Math.round(100 * one.share)} %`;
}

import type { ScoreSheet, Share, SinglesScore } from '@loadstair/simulation';
import type { Stream } from './io.ts';

const LABEL = 34;
const IN_THREE = 8;

/** The score sheet as lines of at most 80 columns. */
export function scoreLines(
  sheet: ScoreSheet,
  of: { readonly seed: number; readonly cases: number },
  stream: Pick<Stream, 'marks' | 'paint'>,
): string[] {
  const { marks, paint } = stream;
  return [
    paint.bold(`${of.cases} simulated runs with a known limit, seed ${of.seed}`),
    '',
    heading('one cause', 'named first', `${'in 3'.padEnd(IN_THREE)}better naive`),
    line('all', share(sheet.first), percent(sheet.firstThree)),
    ...sheet.byStage.map((one) => singlesLine(`stage ${one.stage}`, one)),
    ...sheet.byKind.map((one) => singlesLine(one.kind, one)),
    '',
    heading('two at once', 'both, and nothing else'),
    line('all', share(sheet.two)),
    ...sheet.twoByKind.map((one) => line(one.kind, share(one.set))),
    '',
    heading('not to be trusted', 'refused', 'right code'),
    line('all', share(sheet.refused)),
    ...sheet.refusedByKind.map((one) => line(one.kind, share(one.refused), percent(one.rightCode))),
    line('refused, though to be trusted', share(sheet.falselyRefused)),
    '',
    heading('nothing ran out', ''),
    line('something named all the same', share(sheet.falseNames)),
    '',
    heading('confidence', 'came true'),
    ...sheet.confidence.bins.map((bin) =>
      line(`said ${bin.mean.toFixed(2)} (${bin.from.toFixed(2)}–${bin.to.toFixed(2)})`, share(bin.right)),
    ),
    line('Brier score (0 is best)', sheet.confidence.brier === null ? '–' : sheet.confidence.brier.toFixed(3)),
    line('load found, median error', sheet.loadError === null ? '–' : `${(100 * sheet.loadError).toFixed(1)} %`),
    '',
    heading('naive rules, one cause', 'all', 'cause not loudest'),
    line('this engine', share(sheet.first), share(sheet.quiet.first)),
    line('highest CPU', share(sheet.baselines.highestCpu), share(sheet.quiet.highestCpu)),
    line('largest z-score', share(sheet.baselines.largestZ), share(sheet.quiet.largestZ)),
    '',
    ...sheet.bars.map((bar) => {
      const mark = bar.met ? paint.good(marks.good) : paint.bad(marks.bad);
      return `${mark} ${bar.text.padEnd(60)} ${bar.value.toFixed(2)} (${bar.least.toFixed(2)})`;
    }),
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

function percent(one: Share): string {
  return one.of === 0 ? '–' : `${Math.round(100 * one.share)} %`;
}

import { interval, rate, sloText } from '@loadstair/analysis';
import { comparisonText, transitionNotes } from '@loadstair/report-view';
import type { ComparisonRecord, PricedArm } from '@loadstair/runs';
import type { Stream } from './io.ts';
import { wrap } from './wrap.ts';

const BAR = 26;
const LABEL = 22;
/** Where a note below a transition begins. */
const NOTE = 7;

/** The staircase of a terminal: capacity with its interval as a bar, then what limits, then the words (ux.md §7). */
export function comparisonTable(record: ComparisonRecord, { columns }: Pick<Stream, 'columns'>): string[] {
  const { arms } = record;
  const most = Math.max(1, ...arms.map((arm) => arm.estimate?.interval?.[1] ?? arm.estimate?.load ?? 0));
  const label = (arm: PricedArm): string => (arm.label.length > LABEL ? `${arm.label.slice(0, LABEL - 1)}…` : arm.label.padEnd(LABEL));
  const width = Math.max(10, Math.min(BAR, columns - LABEL - 28));
  const rows = arms.map((arm) => {
    const { estimate } = arm;
    if (estimate === null) return `${label(arm)}  not measured: ${arm.left[0]?.reason ?? 'no run'}`;
    const within = estimate.interval === null ? '' : `(${interval(estimate.interval, estimate.load)})`;
    return `${label(arm)} ${`${rate(estimate.load)}/s`.padStart(8)} ${within.padEnd(14)} │${bar(estimate.load, estimate.interval ?? [estimate.load, estimate.load], most, width)}`;
  });
  const facts = arms.flatMap((arm) => {
    const { estimate } = arm;
    if (estimate === null) return [];
    const price = `${((arm.pricePerMonth / estimate.load) * 100).toFixed(2)} ${record.prices.currency} a month per 100/s`;
    return [`  ${label(arm)} ${arm.limitedBy}`, `  ${''.padEnd(LABEL)} ${arm.labCpus} lab CPUs, ${price}`];
  });
  const words = record.againstPrevious.flatMap((transition, index) => [
    `${short(arms[index])} → ${short(arms[index + 1])}  ${comparisonText(transition)}`,
    ...transitionNotes(transition, record.slo).flatMap((note) => wrap(`${' '.repeat(NOTE)}${note}`, columns, NOTE)),
  ]);
  const overall =
    record.againstFirst.length < 2
      ? []
      : [
          `${short(arms[0])} → ${short(arms.at(-1))}  ${comparisonText(record.againstFirst.at(-1) as (typeof record.againstFirst)[number])}`,
        ];
  const left = arms.flatMap((arm) => arm.left.map((one) => `left out  ${one.run}: ${one.reason}`));
  return [
    `${record.profile} · ${sloText(record.slo)}`,
    ...rows,
    'limited by',
    ...facts,
    ...words,
    ...overall,
    ...left,
    ...(record.sameTwice === null
      ? []
      : [
          `false alarms: ${record.sameTwice.wrong} of ${record.sameTwice.splits} ways to split the runs of one variant would have been called a difference`,
        ]),
    `prices as of ${record.prices.date}: libs/stages/prices.json`,
  ];
}

function short(arm: PricedArm | undefined): string {
  return arm === undefined ? '' : arm.label.split(' ')[0] === 'baseline' ? 'baseline' : (arm.label.split(' ')[0] ?? '');
}

/** `    ▒●▒▒` on a scale from 0 to `most`. */
function bar(load: number, [low, high]: readonly [number, number], most: number, width: number): string {
  const at = (value: number): number => Math.min(width - 1, Math.round((value / most) * (width - 1)));
  return Array.from({ length: width }, (_, index) => (index === at(load) ? '●' : index >= at(low) && index <= at(high) ? '▒' : ' '))
    .join('')
    .trimEnd();
}

import { milliseconds, percent, utcMinute } from '@loadstair/analysis';
import { benchOutcome, type BenchResult, type BenchRow } from '@loadstair/runs';
import type { Stream } from './io.ts';

const WHAT = 37;
const MEASURED = 20;
const BAR = 10;

/** A bench as a table of at most 80 columns: measured, bar, whether it holds; how it came about below each row that has a bar. */
export function benchTable(result: BenchResult, stream: Stream): string {
  const { paint } = stream;
  const lines = [
    paint.dim(`  ${'what'.padEnd(WHAT)}${'measured'.padEnd(MEASURED)}${'goal'.padEnd(BAR)}met`),
    ...result.rows.filter((row) => row.bar !== null || row.interval !== null).flatMap((row) => barLines(row, stream)),
    ...notedLines('boot to ready', result.rows, /^boot to ready, /),
    ...notedLines('memory', result.rows, /^memory, /),
    '',
    ...conclusion(result, stream),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function barLines(row: BenchRow, { marks, paint }: Stream): string[] {
  const mark = { holds: paint.good(marks.good), missed: paint.limit(marks.limit), unsure: '?', noted: ' ' }[row.outcome];
  const word = { holds: 'yes', missed: 'no', unsure: 'cannot tell', noted: '' }[row.outcome];
  return [
    `${mark} ${row.what.padEnd(WHAT)}${measured(row).padEnd(MEASURED)}${bar(row).padEnd(BAR)}${word}`,
    ...(row.detail === '' ? [] : [paint.dim(`    ${row.detail}`)]),
  ];
}

/** Rows without a bar of one kind, on as few lines as they need. */
function notedLines(title: string, rows: readonly BenchRow[], prefix: RegExp): string[] {
  const cells = rows
    .filter((row) => row.bar === null && prefix.test(row.what))
    .map((row) => `${row.what.replace(prefix, '')} ${measured(row)}${row.detail.startsWith('of ') ? ` ${row.detail}` : ''}`);
  const lines: string[] = [];
  for (const cell of cells) {
    const last = lines.at(-1);
    if (last === undefined || last.length + cell.length + 5 > 78 - title.length) lines.push(cell);
    else lines[lines.length - 1] = `${last} · ${cell}`;
  }
  return lines.map((line, index) => `  ${(index === 0 ? title : '').padEnd(title.length + 2)}${line}`);
}

function conclusion(result: BenchResult, { marks, paint }: Stream): string[] {
  if (result.busy !== null)
    return [
      `${marks.refused} ${paint.bold('Refused: the machine was too busy to tell.')}`,
      `  measured ${result.busy}`,
      '  do       close other programs',
    ];
  const missed = result.rows.filter((row) => row.outcome === 'missed').length;
  const bars = result.rows.filter((row) => row.bar !== null).length;
  switch (benchOutcome(result)) {
    case 'holds':
      return [paint.bold(`All ${bars} goals are met.`)];
    case 'missed':
      return [`${paint.limit(marks.limit)} ${paint.bold(`${missed} of ${bars} goals ${missed === 1 ? 'is' : 'are'} missed.`)}`];
    case 'unsure':
      return [
        `? ${paint.bold('No goal is missed, but the interval of at least one measurement contains its goal.')}`,
        `  do   ./lab bench${result.quick ? ', without --quick' : ''}`,
      ];
  }
}

/** One line a bench, oldest first: what changed from one to the next. */
export function historyTable(results: readonly BenchResult[], stream: Stream): string {
  const columns: readonly (readonly [title: string, id: string])[] = [
    ['mixed', 'telemetry mixed'],
    ['user', 'telemetry GET /users/12'],
    ['observer', 'observer'],
    ['late p99', 'schedule lateness'],
    ['first load', 'first load'],
  ];
  const words = { holds: 'goals met', missed: 'a goal missed', unsure: 'cannot tell' } as const;
  const cell = (result: BenchResult, id: string): string => {
    const row = result.rows.find((one) => one.id === id);
    return row === undefined ? '–' : value(row.value, row.unit);
  };
  const lines = [
    stream.paint.dim(`${'when (UTC)'.padEnd(18)}${'kind'.padEnd(7)}${columns.map(([title]) => title.padStart(10)).join('')}`),
    ...results.map(
      (result) =>
        `${utcMinute(result.at).replace(' UTC', '').padEnd(18)}${(result.quick ? 'quick' : 'whole').padEnd(7)}${columns
          .map(([, id]) => cell(result, id).padStart(10))
          .join('')}${result.busy === null ? '' : '  busy'}`,
    ),
  ];
  const last = results.at(-1);
  return `${lines.join('\n')}\n${last === undefined ? '' : `last: ${last.busy === null ? words[benchOutcome(last)] : 'refused, the machine was busy'}\n`}`;
}

function measured(row: BenchRow): string {
  const { interval, unit } = row;
  return interval === null ? value(row.value, unit) : `${value(row.value, unit)} (${value(interval[0], unit)}–${value(interval[1], unit)})`;
}

function bar({ bar: limit, unit }: BenchRow): string {
  return limit === null ? '–' : `${limit.kind === 'at-least' ? '≥' : '≤'} ${value(limit.value, unit)}`;
}

function value(number: number, unit: BenchRow['unit']): string {
  switch (unit) {
    case 'ratio':
      return number.toFixed(2);
    case 'share':
      return percentWithDecimal(number);
    case 'seconds':
      return `${number.toFixed(1)} s`;
    case 'milliseconds':
      return `${milliseconds(number)} ms`;
    case 'bytes':
      return `${Math.round(number / 2 ** 20)} MiB`;
  }
}

/** A share near its bar of a few percent needs one decimal to be told from it. */
function percentWithDecimal(share: number): string {
  return share >= 0.01 && share < 0.1 ? `${(share * 100).toFixed(1)} %` : percent(share);
}

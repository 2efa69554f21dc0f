import { countKills, KILL_COMMANDS, killCommandText, type KillRecord } from '@loadstair/verify';
import type { Stream } from './io.ts';

type Shows = Pick<Stream, 'marks' | 'paint'>;

const TARGET_WIDTH = 14;
const COUNT_WIDTH = 12;
const NOTHING = 'nothing there';

/** A round as a line, and below it what was left. */
export function killLine(record: KillRecord, at: { readonly round: number; readonly rounds: number }, { paint }: Shows): string[] {
  const { target, program, afterS, end, left } = record;
  const killed = target === null ? NOTHING : `${target}${target === 'host' && program !== null ? ` (${program})` : ''}`;
  const how = { alone: '', interrupted: ' · ended by Ctrl-C', killed: ' · did not end, killed' }[end];
  const result = left.length === 0 ? paint.good('clean') : paint.bad(`${left.length} left`);
  return [
    `${at.round}/${at.rounds} ${killCommandText(record)} · ${killed} after ${afterS.toFixed(1)} s${how} · ${result}`,
    ...left.map((line) => `  ${line}`),
  ];
}

/** What was killed under which command, and the rounds that left something. */
export function killSummary(records: readonly KillRecord[], seed: number, { marks, paint }: Shows): string[] {
  const dirty = records.map((record, index) => ({ record, round: index + 1 })).filter(({ record }) => record.left.length > 0);
  const row = (name: string, cells: readonly string[]): string =>
    `${name.padEnd(TARGET_WIDTH)}${cells.map((cell) => cell.padStart(COUNT_WIDTH)).join('')}`;
  return [
    '',
    paint.bold(row('killed', KILL_COMMANDS)),
    ...countKills(records).map(({ target, counts }) =>
      row(
        target ?? NOTHING,
        counts.map((count) => (count === 0 ? marks.none : String(count))),
      ),
    ),
    '',
    ...dirty.flatMap(({ record, round }) =>
      killLine(record, { round, rounds: records.length }, { marks, paint }).map((line, index) =>
        index === 0 ? `${paint.bad(marks.bad)} ${line}` : `  ${line}`,
      ),
    ),
    `${records.length - dirty.length} of ${records.length} rounds clean, seed ${seed}`,
  ];
}

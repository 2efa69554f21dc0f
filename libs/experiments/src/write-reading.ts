import { milliseconds } from '@loadstair/analysis';
import type { LostWrite } from '@loadstair/operations';
import type { Observed } from './observed.ts';
import type { OutcomeTable } from './outcome.ts';
import { count, steadyOf } from './reading.ts';

/** Rows that are listed by name, and lost writes with what they said. */
const SHOWN = 10;
const BILLED = 200;

/** The median of fewer writes says nothing. */
export const LEAST_WRITES = 20;

/** ms from the due time, ascending, of writes that were taken once the phase's actions had had their effect. */
export function writeLatencies(observed: Observed, phase: string): number[] {
  const steady = steadyOf(observed, phase);
  if (steady === null) return [];
  return observed.requests
    .filter(({ write, failed, dueMs }) => write === true && !failed && dueMs >= steady.startMs && dueMs < steady.endMs)
    .map(({ dueMs, endMs }) => endMs - dueMs)
    .sort((a, b) => a - b);
}

export function quantileOf(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Latency of writes by phase. */
export function writesTable(observed: Observed): OutcomeTable {
  return {
    head: ['', 'writes', 'p50 ms', 'p95 ms'],
    rows: observed.phases.map(({ name }) => {
      const all = writeLatencies(observed, name);
      return [
        name,
        count(all.length),
        ...(all.length < LEAST_WRITES ? ['–', '–'] : [milliseconds(quantileOf(all, 0.5)), milliseconds(quantileOf(all, 0.95))]),
      ];
    }),
  };
}

/** Rows by name, the first of many. */
export function shownRows(rows: readonly string[], most: number = SHOWN): string[] {
  return rows.length <= most ? [...rows] : [...rows.slice(0, most), `and ${count(rows.length - most)} more`];
}

/** The bill of losses: a line a lost write, with who wrote it and what it said; its number is in the run's data. */
export function billOf(missing: readonly LostWrite[]): string[] {
  return shownRows(
    missing.map(({ row, user, text }) => `${row.split(' ')[0] ?? row} of user ${user}: “${text}”`),
    BILLED,
  );
}

/** What `lab bench` measured, row by row. Kept as one line of the history; see bench-history.ts. */
export interface BenchResult {
  readonly schema: 1;
  /** ISO 8601. */
  readonly at: string;
  readonly quick: boolean;
  readonly seconds: number;
  readonly machine: { readonly cores: number; readonly model: string; readonly kernel: string; readonly node: string };
  readonly rows: readonly BenchRow[];
  /** Why the machine was too busy to tell, in the gate's words; null when it was not. */
  readonly busy: string | null;
}

export interface BenchRow {
  /** The same from one bench to the next. */
  readonly id: string;
  /** What is measured, for people. */
  readonly what: string;
  readonly unit: BenchUnit;
  readonly value: number;
  /** 95 %; null where one value was read. */
  readonly interval: readonly [number, number] | null;
  readonly bar: Bar | null;
  readonly outcome: BenchOutcome;
  /** How it came about: parts of a sum, number of replicates. */
  readonly detail: string;
}

export type BenchUnit = 'ratio' | 'share' | 'seconds' | 'milliseconds' | 'bytes';

export interface Bar {
  readonly kind: 'at-least' | 'at-most';
  readonly value: number;
}

/** `unsure`: the interval lies on both sides of the bar. `noted`: there is no bar. */
export type BenchOutcome = 'holds' | 'missed' | 'unsure' | 'noted';

/** A row with its outcome: the whole interval must be on the right side of the bar, or on the wrong one. */
export function benchRow(row: Omit<BenchRow, 'outcome'>): BenchRow {
  return { ...row, outcome: outcomeOf(row) };
}

function outcomeOf({ value, interval, bar }: Pick<BenchRow, 'value' | 'interval' | 'bar'>): BenchOutcome {
  if (bar === null) return 'noted';
  const [low, high] = interval ?? [value, value];
  const [worst, best] = bar.kind === 'at-least' ? [low - bar.value, high - bar.value] : [bar.value - high, bar.value - low];
  if (worst >= 0) return 'holds';
  return best < 0 ? 'missed' : 'unsure';
}

/** What a whole bench says: a missed bar counts although another row is unsure, but nothing counts on a busy machine. */
export function benchOutcome(result: Pick<BenchResult, 'rows' | 'busy'>): 'holds' | 'missed' | 'unsure' {
  if (result.busy !== null) return 'unsure';
  const outcomes = result.rows.map((row) => row.outcome);
  if (outcomes.includes('missed')) return 'missed';
  return outcomes.includes('unsure') ? 'unsure' : 'holds';
}

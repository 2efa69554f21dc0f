import type { ProblemLines } from '@loadstair/kit';
import type { BenchResult } from './bench-result.ts';

/** What happens in a bench, in order; the last one is `result` or `failed`. */
export type BenchEvent =
  | { readonly type: 'part'; readonly atMs: number; readonly state: 'begun' | 'done'; readonly text: string }
  | { readonly type: 'result'; readonly atMs: number; readonly result: BenchResult }
  | { readonly type: 'failed'; readonly atMs: number; readonly problem: ProblemLines };

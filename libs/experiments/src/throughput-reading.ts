import { studentT, type Interval } from '@loadstair/analysis';
import { unseen, type Unseen } from './expectation.ts';
import type { Observed } from './observed.ts';
import { steadyOf } from './reading.ts';

/** Fewer blocks tell no scatter. */
const LEAST_BLOCKS = 4;
const BLOCK_MS = 1_000;
const CONFIDENCE = 0.95;

interface Throughput {
  /** Right answers a second. */
  readonly perS: number;
  /** Standard error of its logarithm. */
  readonly error: number;
  readonly blocks: number;
}

/** Right answers a second in the steady part of a phase, with the error that their scatter over seconds gives. */
function throughputIn(observed: Observed, phase: string): Throughput | null {
  const steady = steadyOf(observed, phase);
  if (steady === null) return null;
  const blocks = Math.floor((steady.endMs - steady.startMs) / BLOCK_MS);
  if (blocks < LEAST_BLOCKS) return null;
  const counts = Array.from({ length: blocks }, () => 0);
  for (const { endMs, failed } of observed.requests) {
    const block = Math.floor((endMs - steady.startMs) / BLOCK_MS);
    if (!failed && block >= 0 && block < blocks) counts[block] = (counts[block] as number) + 1;
  }
  const mean = counts.reduce((sum, one) => sum + one, 0) / blocks;
  if (mean <= 0) return null;
  const variance = counts.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (blocks - 1);
  return { perS: (1000 * mean) / BLOCK_MS, error: Math.sqrt(variance / blocks) / mean, blocks };
}

export interface ThroughputRatio {
  readonly own: number;
  readonly other: number;
  readonly ratio: number;
  /** 95 %, by Welch's t on the logarithms of the two means (Welch 1947, doi 10.1093/biomet/34.1-2.28). */
  readonly interval: Interval;
}

/** Right answers a second in one phase ÷ those in another. */
export function throughputRatio(
  observed: Observed,
  { phase, than }: { readonly phase: string; readonly than: string },
): ThroughputRatio | Unseen {
  const [own, other] = [throughputIn(observed, phase), throughputIn(observed, than)];
  if (own === null || other === null) return unseen('too little was answered in one of the two');
  const [a, b] = [own.error ** 2, other.error ** 2];
  const ratio = own.perS / other.perS;
  const freedom = a + b === 0 ? 1 : (a + b) ** 2 / (a ** 2 / (own.blocks - 1) + b ** 2 / (other.blocks - 1));
  const factor = Math.exp(studentT((1 + CONFIDENCE) / 2, freedom) * Math.sqrt(a + b));
  return { own: own.perS, other: other.perS, ratio, interval: [ratio / factor, ratio * factor] };
}

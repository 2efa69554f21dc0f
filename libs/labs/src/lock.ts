import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { StepProgress } from './progress.ts';

type Prediction = NonNullable<StepProgress['prediction']>;

/** Twelve hex digits over who predicted what of which step, and when. */
export function hashOfPrediction(
  where: { readonly learner: string; readonly stage: number; readonly step: string },
  { answers, why, sure, lockedAt }: Omit<Prediction, 'hash'>,
): string {
  const sorted = Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([where.learner, where.stage, where.step, sorted, why, sure, lockedAt]);
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 12);
}

/** Whether a kept prediction is the one that was locked. */
export function holdsLock(
  where: { readonly learner: string; readonly stage: number; readonly step: string },
  prediction: Prediction,
): boolean {
  return hashOfPrediction(where, prediction) === prediction.hash;
}

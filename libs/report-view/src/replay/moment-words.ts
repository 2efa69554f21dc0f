import { milliseconds, rate, type StepKind } from '@loadstair/analysis';
import type { SiteNow } from '../topology/site-now.ts';

/** A run at one second. */
export interface ReplayedSecond extends SiteNow {
  readonly step: StepNow | null;
  readonly now:
    | (NonNullable<SiteNow['now']> & {
        readonly dropped: number;
        readonly lateP99Ms: number;
        readonly latency: { readonly p50Ms: number; readonly p95Ms: number } | null;
      })
    | null;
}

interface StepNow {
  readonly step: number;
  readonly of: number;
  readonly kind: StepKind;
  readonly offered: number;
}

/** `step 6 of 9` */
export function stepName({ kind, step, of }: StepNow): string {
  return kind === 'back' ? 'step back' : kind === 'trial' ? `trial ${step}` : `step ${step} of ${of}`;
}

/** `step 6 of 9 · 24.4/s offered · 24.3/s achieved · p95 61 ms · p50 22 ms · dropped 0` */
export function momentWords({ step, now }: ReplayedSecond): string {
  if (step === null || now === null) return 'before the first reading';
  if (step.kind === 'idle') return 'idle: no load yet';
  const latency = now.latency === null ? [] : [`p95 ${milliseconds(now.latency.p95Ms)} ms`, `p50 ${milliseconds(now.latency.p50Ms)} ms`];
  return [
    stepName(step),
    `${rate(step.offered)}/s offered`,
    `${rate(now.achievedPerS)}/s achieved`,
    ...latency,
    `late p99 ${milliseconds(now.lateP99Ms)} ms`,
    `dropped ${now.dropped}`,
  ].join(' · ');
}

import { milliseconds, rate, type Comparison, type LatencyAtLoad, type Slo } from '@loadstair/analysis';

/** From one arm to the next, as far as words need it. */
export interface Transition extends Comparison {
  readonly latency: LatencyAtLoad | null;
  readonly stillLimits: { readonly resource: string; readonly profile: string | null } | null;
}

/** `better, ×1.90 (1.70–2.20), 3+3 runs` */
export function comparisonText({ word, ratio, interval, confidence, n, moreRuns }: Comparison): string {
  if (Math.min(...n) === 0) return `not compared, ${n[0]}+${n[1]} runs: one variant has no capacity`;
  // Several looks at the runs share the error of 5 %, each has a wider interval.
  const level = confidence > 0.95 ? `${Number((100 * confidence).toFixed(1))} %: ` : '';
  const within = interval === null ? '' : ` (${level}${interval[0].toFixed(2)}–${interval[1].toFixed(2)})`;
  const more =
    word !== 'inconclusive' ? '' : moreRuns === null ? '; more runs are needed' : `; about ${moreRuns} more runs per variant should decide`;
  return `${word}, ×${ratio.toFixed(2)}${within}, ${n[0]}+${n[1]} runs${more}`;
}

/** What a transition says besides its ratio, a sentence each: what still limits, and latency at one load. */
export function transitionNotes(transition: Transition, slo: Pick<Slo, 'quantile'>): string[] {
  const { stillLimits, latency } = transition;
  return [
    ...(stillLimits === null ? [] : [stillLimitsText(transition.word, stillLimits)]),
    ...(latency === null ? [] : [latencyText(latency, transition.n, slo)]),
  ];
}

function stillLimitsText(word: Comparison['word'], { resource, profile }: NonNullable<Transition['stillLimits']>): string {
  const verb = word === 'worse' ? 'relieve' : 'affect';
  return `the change does not ${verb} the limit (${resource})${profile === null ? '' : `; try --profile ${profile}`}`;
}

function latencyText(latency: LatencyAtLoad, n: Comparison['n'], { quantile }: Pick<Slo, 'quantile'>): string {
  const ms = ([before, after]: readonly [number, number]): string => `${milliseconds(before)} → ${milliseconds(after)} ms`;
  const levels = `median ${ms(latency.medianMs)}, p${100 * quantile} ${ms(latency.quantileMs)}`;
  const distance = `KS distance ${latency.distance.toFixed(2)}`;
  const words: Readonly<Record<LatencyAtLoad['word'], string>> = {
    differs: `differs: ${levels} (${distance}, p-value ${latency.p.toFixed(3)})`,
    'no-difference-seen': `no difference seen: ${levels} (${distance}, p-value ${latency.p.toFixed(2)})`,
    'too-few-runs': `${levels} (${distance}; ${n[0]}+${n[1]} runs are too few for a test, 4+4 are enough)`,
  };
  return `latency at ${rate(latency.load)}/s${latency.word === 'too-few-runs' ? ':' : ''} ${words[latency.word]}`;
}

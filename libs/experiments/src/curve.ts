import { cacheIn, databaseMs, staleShare } from './cache-reading.ts';
import { edgeHitRatio } from './edge-reading.ts';
import type { Observed } from './observed.ts';
import type { OutcomeCurve } from './outcome.ts';
import { steadyOf } from './reading.ts';
import { quantileOf, writeLatencies, LEAST_WRITES } from './write-reading.ts';

/** What an experiment draws: quantities of its phases against what it changes from one to the next. */
export interface Curve {
  /** What is changed, with its unit, for example time to live in s. */
  readonly over: string;
  readonly unit: string;
  /** Its value in each phase that is a point of the curve. */
  readonly at: Readonly<Record<string, number>>;
  readonly lines: readonly CurveLine[];
}

/** A quantity of a phase. */
export interface CurveLine {
  readonly title: string;
  readonly unit: string;
  /** Null where it was not measured. */
  readonly value: (observed: Observed, phase: string) => number | null;
}

const share = (value: number | null | undefined): number | null => (value === null || value === undefined ? null : 100 * value);

export const DATABASE_CPU: CurveLine = {
  title: 'database CPU per arrival',
  unit: 'ms',
  value: (observed, phase) => databaseMs(steadyOf(observed, phase)),
};
export const STALE_ANSWERS: CurveLine = {
  title: 'stale answers',
  unit: '%',
  value: (observed, phase) => share(staleShare(steadyOf(observed, phase))),
};
export const CACHE_HITS: CurveLine = {
  title: 'hit ratio of the cache',
  unit: '%',
  value: (observed, phase) => share(cacheIn(observed, phase)?.hitRatio),
};
export const EDGE_HITS: CurveLine = {
  title: 'hit ratio of the edges',
  unit: '%',
  value: (observed, phase) => share(edgeHitRatio(steadyOf(observed, phase))),
};
export const SITE_BYTES: CurveLine = {
  title: 'sent by the site per arrival',
  unit: 'kB',
  value(observed, phase) {
    const steady = steadyOf(observed, phase);
    const arrivals = steady === null ? 0 : (steady.achieved * (steady.endMs - steady.startMs)) / 1000;
    return steady?.originBytes === undefined || arrivals <= 0 ? null : steady.originBytes / arrivals / 1000;
  },
};
export const WRITE_MEDIAN: CurveLine = {
  title: 'median latency of writes',
  unit: 'ms',
  value(observed, phase) {
    const all = writeLatencies(observed, phase);
    return all.length < LEAST_WRITES ? null : quantileOf(all, 0.5);
  },
};

/** The points that were measured, ascending; null where the experiment draws none, or fewer than two points of each line were measured. */
export function curveOf(curve: Curve | undefined, observed: Observed): OutcomeCurve | null {
  if (curve === undefined) return null;
  const phases = Object.entries(curve.at)
    .filter(([name]) => observed.phases.some((phase) => phase.name === name))
    .sort(([, a], [, b]) => a - b);
  const lines = curve.lines
    .map(({ title, unit, value }) => ({
      title,
      unit,
      points: phases.flatMap(([phase, at]) => {
        const measured = value(observed, phase);
        return measured === null ? [] : [{ at, phase, value: measured }];
      }),
    }))
    .filter(({ points }) => points.length >= 2);
  return lines.length === 0 ? null : { over: curve.over, unit: curve.unit, lines };
}

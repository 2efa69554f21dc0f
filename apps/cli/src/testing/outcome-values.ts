import type { ExperimentOutcome } from '@loadstair/experiments';

/** Where an outcome shows what a check asks for. */
interface Shown {
  /** Part of what the line is about: the phase. */
  readonly of?: string;
  /** Name of the value. */
  readonly value: string;
  /** Another value of the same line, where several lines have one of this name. */
  readonly beside?: string;
  /** From the unit of the value to that of the question. */
  readonly factor?: number;
}

const PERCENT = 100;

/** By experiment, then by the key of the check. */
const SHOWN: Readonly<Record<string, Readonly<Record<string, Shown>>>> = {
  'with-and-without-replicas': { reads: { value: 'readsPerWrite' }, share: { value: 'readShare', factor: PERCENT } },
  'replica-dies': { furthest: { of: 'fresh one', value: 'furthest', factor: PERCENT } },
  'slow-link': { lag: { value: 'lagS' }, lost: { value: 'lost' } },
  'slow-link-sync': { lost: { value: 'lost' } },
  'only-replica-dies': { tail: { of: ': none', value: 'quantileMs' } },
  'replica-silent': { failed: { value: 'failed', beside: 'recoverMs' } },
  'stale-replicas': { lag: { of: ': late', value: 'seconds' } },
  'cache-saves': { saved: { value: 'ratio' } },
  'time-to-live': { stale: { of: '60 s', value: 'share', factor: PERCENT } },
  'stale-hits': { stale: { of: 'left alone', value: 'stale' } },
  'cache-dies': { measured: { of: 'one dead', value: 'ratio' } },
  'write-through': { slower: { of: 'write-through', value: 'ms' } },
  'cache-scales': { saved: { of: 'three', value: 'ratio' } },
  'idle-expiry': { saved: { of: 'none', value: 'ratio' } },
  'cache-without-hits': { cost: { value: 'ratio', beside: 'leastRatio' } },
  'cache-restarts': { lost: { value: 'lost' } },
  eviction: { hits: { of: 'least frequently used against', value: 'hitRatio', factor: PERCENT } },
  'over-provisioning': { hits: { of: 'as much again', value: 'hitRatio', factor: PERCENT } },
  'fill-and-expire': { sent: { of: 'an hour against', value: 'ratio' } },
  'rare-files': { price: { value: 'ratio' } },
  'edge-dies': { instead: { value: 'fallbacks' } },
  'how-long-files-live': { stale: { of: '60 s', value: 'share', factor: PERCENT } },
};

/** Answers to the checks of a step, as the outcome of its run has them. */
export function shownValues({ experiment, results }: ExperimentOutcome): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(SHOWN[experiment] ?? {}).map(([key, { of = '', value, beside = value, factor = 1 }]) => {
      const line = results.find(({ about, values }) => about.includes(of) && value in values && beside in values);
      return [key, String(factor * (line?.values[value] ?? NaN))];
    }),
  );
}

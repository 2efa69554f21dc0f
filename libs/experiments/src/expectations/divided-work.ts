import { percent } from '@loadstair/analysis';
import { z } from 'zod';
import { allHold, atLeast, atMost } from '../bound.ts';
import { workByTier, workLines } from '../database-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { onePhase, PHASE, SHARE, TIER } from '../fields.ts';
import { count, steadyOf } from '../reading.ts';

/** Of fewer no share is claimed. */
const LEAST_PIECES = 30;

/** All writes reach the hosts of one tier, and at least so large a share of the reads those of another, by the web servers' own count. */
export const dividesWork = defineExpectation({
  kind: 'divided-work',
  input: z.strictObject({ phase: PHASE, writers: TIER, readers: TIER, leastReads: SHARE }),
  phases: onePhase,
  sentence: ({ phase, writers, readers, leastReads }) => ({
    about: `writes go to ${writers}, reads to ${readers}: ${phase}`,
    expected: `every write, and at least ${percent(leastReads)} of the reads`,
  }),
  observe(observed, { phase, writers, readers }) {
    const steady = steadyOf(observed, phase);
    const work = steady === null ? null : workByTier(steady);
    if (steady === null || work === null) return unseen('reads and writes of the databases were not counted');
    const sum = (kind: 'reads' | 'writes'): number => [...work.values()].reduce((all, one) => all + one[kind], 0);
    const [reads, writes] = [sum('reads'), sum('writes')];
    if (reads < LEAST_PIECES || writes < LEAST_PIECES)
      return unseen(`${count(Math.round(reads))} reads and ${count(Math.round(writes))} writes: too few to tell`);
    return {
      steady,
      reads,
      writes,
      elsewhere: writes - (work.get(writers)?.writes ?? 0),
      readShare: (work.get(readers)?.reads ?? 0) / reads,
    };
  },
  judge: ({ steady, reads, writes, elsewhere, readShare }, { leastReads, readers }) => ({
    measured: `${count(Math.round(elsewhere))} of ${count(Math.round(writes))} writes went elsewhere; ${percent(readShare)} of ${count(Math.round(reads))} reads went to ${readers}; ${(reads / writes).toFixed(1)} reads per write`,
    // Half a write is the interpolation between two readings.
    ...allHold(atMost(elsewhere, 0.5), atLeast(readShare, leastReads)),
    details: workLines(steady),
    values: { writesElsewhere: elsewhere, writes, reads, readShare, readsPerWrite: reads / writes },
  }),
});

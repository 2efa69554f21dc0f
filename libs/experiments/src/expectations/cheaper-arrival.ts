import { median } from '@loadstair/analysis';
import { z } from 'zod';
import { atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { PHASE, TIER } from '../fields.ts';
import type { Observed, Steady } from '../observed.ts';
import { hostsOf } from '../reading.ts';

/**
 * CPU a tier spends on an arrival: phases whose name begins so, against phases whose name begins otherwise. Phases alternate, so
 * the machine's drift falls on both.
 */
export const cheaperArrival = defineExpectation({
  kind: 'cheaper-arrival',
  input: z.strictObject({ tier: TIER, phases: PHASE, than: PHASE }),
  sentence: ({ tier, phases, than }) => ({
    about: `${tier} CPU per arrival: ${phases} against ${than}`,
    expected: 'less CPU',
  }),
  observe(observed, { tier, phases, than }) {
    const [own, other] = [costs(observed, tier, phases), costs(observed, tier, than)];
    const pairs = own.slice(0, other.length).map((ms, index) => ms / (other[index] as number));
    const [ownMs, otherMs, ratio] = [median(own), median(other), median(pairs)];
    if (ownMs === null || otherMs === null || ratio === null || pairs.length < 2) return unseen('too few phases were measured');
    return { own, other, pairs, ownMs, otherMs, ratio };
  },
  judge({ own, other, pairs, ownMs, otherMs, ratio }) {
    const [leastRatio, mostRatio] = [Math.min(...pairs), Math.max(...pairs)];
    return {
      measured: `${micro(ownMs)} against ${micro(otherMs)}: ×${ratio.toFixed(2)} (${leastRatio.toFixed(2)}–${mostRatio.toFixed(2)}), ${pairs.length} pairs`,
      ...atMost(ratio, 1),
      details: pairs.map(
        (pair, index) => `pair ${index + 1}  ${micro(own[index] as number)} against ${micro(other[index] as number)}: ×${pair.toFixed(2)}`,
      ),
      values: { ownMs, otherMs, ratio, leastRatio, mostRatio },
    };
  },
});

/** ms of the tier's CPU for an arrival, by phase. */
function costs(observed: Observed, tier: string, prefix: string): number[] {
  return observed.phases.flatMap(({ name, steady }) => (name.startsWith(prefix) && steady !== null ? perArrivalMs(steady, tier) : []));
}

function perArrivalMs(steady: Steady, tier: string): number[] {
  const cores = hostsOf(steady, tier).reduce((sum, host) => sum + host.cores, 0);
  return steady.achieved <= 0 || cores <= 0 ? [] : [(1000 * cores) / steady.achieved];
}

function micro(ms: number): string {
  return `${Math.round(ms * 1000)} µs`;
}

import { defineExpectation, noFailures, performedOf, unseen, type Experiment, type Observed } from '@loadstair/experiments';
import { z } from 'zod';
import { refillInk } from '../refill.ts';
import { stampInk } from '../stamp-ink.ts';
import { NUMBER } from '../number.ts';

/** Most of the pads in use in a phase, as a share; null where none was measured. */
function padsInUse({ phases }: Observed, phase: string): number | null {
  const uses = phases.find(({ name }) => name === phase)?.steady?.use ?? [];
  const busy = uses.flatMap((use) => ((use.kind as string) === stampInk.kind ? [use.busy] : []));
  return busy.length === 0 ? null : Math.max(...busy);
}

/** After bottles were given, so much of the pads is left. */
export const padsLeft = defineExpectation({
  kind: 'pads-left',
  input: z.strictObject({ phase: z.string(), least: z.number().min(0).max(1) }),
  phases: ({ phase }) => [phase],
  sentence: ({ least }) => ({ about: 'pads left with fresh ink', expected: `at least ${Math.round(100 * least)} %` }),
  observe: (observed, { phase }) => {
    if (performedOf(observed, refillInk).length === 0) return unseen('nobody gave ink');
    return padsInUse(observed, phase) ?? unseen('no pad was measured');
  },
  judge: (busy, { least }) => ({ measured: `${Math.round(100 * (1 - busy))} %`, holds: 1 - busy >= least }),
});

export const freshInk: Experiment = {
  name: 'fresh-ink',
  stage: NUMBER,
  title: 'Fresh ink leaves pads free',
  happens: 'Photos are stamped at half of what the site holds, then every ink press gets two bottles.',
  takesS: { full: 90, quick: 60 },
  profile: 'mixed',
  phases: [
    { name: 'before', load: { share: 0.5 }, holdS: { full: 20, quick: 12 } },
    {
      name: 'after',
      load: { share: 0.5 },
      holdS: { full: 20, quick: 12 },
      actions: [refillInk({ tier: 'inkroom', bottles: 2 })],
    },
  ],
  expectations: [padsLeft({ phase: 'after', least: 0.3 }), noFailures({ phases: ['before', 'after'] })],
};

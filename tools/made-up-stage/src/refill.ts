import { capability, defineAction } from '@loadstair/operations';
import { z } from 'zod';

/** What hosts with ink presses can do, beyond what every host can. */
export const INK_BOTTLES = capability<{ refill(tier: string, bottles: number): Promise<number> }>('ink bottles', {
  what: 'There are no ink presses here.',
  why: 'only the stage after the last has them',
  code: 'E_NO_INK',
});

/** Fills the pads of a tier. */
export const refillInk = defineAction({
  name: 'refill-ink',
  summary: 'Fill the pads of every ink press of a tier',
  subject: 'tier',
  input: z.strictObject({ tier: z.string(), bottles: z.int().min(1).max(9) }),
  result: z.object({ hosts: z.int() }),
  needs: { ink: INK_BOTTLES },
  run: async ({ tier, bottles }, { ink }) => ({ hosts: await ink.refill(tier, bottles) }),
  sentence: ({ tier, bottles }, { hosts }) => `${hosts} hosts of ${tier} took ${bottles} bottles of ink each`,
});

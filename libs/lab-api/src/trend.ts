import type { Unchanged } from '@loadstair/kit';
import { z } from 'zod';

const INTERVAL = z.tuple([z.number(), z.number()]);

export const TREND = z
  .object({
    stage: z.int(),
    slug: z.string(),
    profile: z.string(),
    points: z
      .array(
        z.object({
          run: z.string(),
          at: z.string(),
          load: z.number().describe('Capacity at the usual speed of the machine in these runs, arrivals/s'),
          interval: INTERVAL.describe('95 %, of this run alone'),
          limitedBy: z.string().nullable(),
          name: z.string().describe('What a person called it'),
          topologyChanged: z.boolean().describe('It ran on another topology than the run before it'),
        }),
      )
      .describe('In order of time'),
    changes: z
      .array(
        z.object({
          at: z.int().describe('Index of the first run after it'),
          p: z.number().describe('Share of random orders of the runs with a change at least as large'),
          ratio: z.number().describe('Level after ÷ level before'),
          interval: INTERVAL.nullable(),
        }),
      )
      .describe('Where the level changes, by E-divisive with a permutation test'),
    levels: z.array(z.number()).describe('Geometric mean of each part between changes, arrivals/s'),
    left: z.array(z.string()).describe('What was left out and why, a phrase each'),
    needs: z.int().describe('Fewest runs in which a change stands out from chance'),
  })
  .meta({ id: 'Trend', description: 'Capacity of a stage over its runs on this machine' });
export type TrendAnswer = Unchanged<z.output<typeof TREND>>;

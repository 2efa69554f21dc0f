import type { Unchanged } from '@loadstair/kit';
import { z } from 'zod';

export const SEARCHES_BODY = z.strictObject({
  stages: z.array(z.int().min(1).max(99)).min(1).max(20),
  profile: z.string().max(60),
  runs: z.int().min(1).max(10).describe('Of each stage'),
});
export type SearchesRequest = Unchanged<z.output<typeof SEARCHES_BODY>>;

export const SEARCHES = z
  .discriminatedUnion('state', [
    z.object({
      state: z.literal('idle'),
      searchS: z.number().describe('About how long one takes, s'),
      failed: z.string().nullable().describe('Why the last ones did not come to their end'),
    }),
    z.object({
      state: z.literal('going'),
      number: z.int().describe('From 1'),
      of: z.int(),
      stage: z.int(),
      slug: z.string(),
      profile: z.string(),
      run: z.string(),
      takesS: z.number().describe('Of this one and those after it'),
    }),
  ])
  .meta({ id: 'Searches', description: 'Searches for the capacity of several stages, one after the other' });
export type SearchesAnswer = Unchanged<z.output<typeof SEARCHES>>;

export const OVER_TIME = z
  .object({
    points: z.array(
      z.object({
        atS: z.number().describe('Since load began'),
        offered: z.number(),
        achieved: z.number(),
        p95Ms: z.number().nullable(),
        busiest: z.number().describe('Use of the limit that was used most, 0–1'),
      }),
    ),
    marks: z.array(z.object({ atS: z.number(), text: z.string() })).describe('What was done to the site under load'),
  })
  .meta({ id: 'OverTime', description: 'A run second by second' });

export const BASELINE = z
  .object({ runs: z.array(z.string()).describe('Empty where there is none') })
  .meta({ id: 'Baseline', description: 'Runs that later ones are held against' });
export const BASELINE_BODY = z.strictObject({ runs: z.array(z.string().max(12)).min(1).max(20) });

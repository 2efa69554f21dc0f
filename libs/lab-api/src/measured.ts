import type { Unchanged } from '@loadstair/kit';
import { z } from 'zod';
import { TOPOLOGY } from './domain.ts';

const NAMED = { stage: z.int(), slug: z.string(), title: z.string(), changed: z.string() };

export const STEP = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('built'),
      ...NAMED,
      topology: TOPOLOGY,
      profile: z.string().describe('The profile that reveals its limit'),
    }),
    z.object({ kind: z.literal('planned'), ...NAMED }).describe('It has no stage yet'),
  ])
  .meta({ id: 'Step', description: 'A step of the story, from one server to several data centres' });
export type StepAnswer = Unchanged<z.output<typeof STEP>>;

const CAPACITY = z.object({
  load: z.number().describe('arrivals/s'),
  interval: z.tuple([z.number(), z.number()]).nullable().describe('95 %; null where nothing tells how runs scatter'),
});

export const MEASURED_CELL = z
  .object({
    stage: z.int(),
    capacity: CAPACITY.nullable().describe('Null where no run reached it'),
    limitedBy: z.string().describe('What limited most of the runs'),
    runs: z.array(z.string()).describe('Runs it comes from, the newest first'),
    searched: z.boolean().describe('They searched for the capacity; others climb once'),
    at: z.string().describe('When the newest began'),
  })
  .meta({ id: 'MeasuredCell', description: 'What stored runs of a stage under one profile say' });
export type MeasuredCell = Unchanged<z.output<typeof MEASURED_CELL>>;

export const MEASURED = z
  .object({
    steps: z.array(STEP),
    common: z.string().describe('The profile that is the same for all stages'),
    profiles: z
      .array(z.object({ profile: z.string(), cells: z.array(MEASURED_CELL) }))
      .describe(
        'Profiles with at least one usable run, the common one first; full runs on this machine, of stages as the catalogue has them',
      ),
  })
  .meta({ id: 'Measured', description: 'The steps, built and planned, and what was measured of each on this machine' });
export type MeasuredAnswer = Unchanged<z.output<typeof MEASURED>>;

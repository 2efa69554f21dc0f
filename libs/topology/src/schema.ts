import { z } from 'zod';
import type { Topology } from './topology.ts';

const WORD = z.string().min(1).max(200);

const PLACE = z.object({ name: WORD, kind: z.enum(['data centre', 'edge location']), users: z.number().min(0).max(1) });

const TIER = z.object({
  name: WORD,
  count: z.int().min(0),
  cpu: z.number().positive(),
  memoryMiB: z.number().positive(),
  components: z.array(WORD).max(50),
  settings: z.record(WORD, z.record(WORD, z.union([z.number(), z.string().max(2000)]))),
  public: z.boolean(),
  places: z.array(WORD).max(50).optional(),
  distanceMs: z.number().min(0).optional(),
});

const POLICY = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nearest'), ttlS: z.number().min(0), checked: z.boolean() }),
  z.object({ kind: z.literal('weighted'), ttlS: z.number().min(0), checked: z.boolean(), weights: z.record(WORD, z.number()) }),
  z.object({ kind: z.literal('failover'), ttlS: z.number().min(0), order: z.array(WORD).max(50) }),
]);

/** A topology as JSON; whether it can be run, `validate` says. */
export const TOPOLOGY: z.ZodType<Topology> = z.object({
  stage: z.int().min(0),
  slug: WORD,
  title: WORD,
  tiers: z.array(TIER).max(200),
  links: z.array(z.object({ from: WORD, to: WORD, role: WORD })).max(2000),
  groups: z.array(WORD).max(200).optional(),
  places: z.array(PLACE).max(50).optional(),
  distances: z
    .array(z.object({ between: z.tuple([WORD, WORD]), ms: z.number().min(0) }))
    .max(2000)
    .optional(),
  names: z
    .array(z.object({ name: WORD, tiers: z.array(WORD).max(200), policy: POLICY }))
    .max(200)
    .optional(),
});

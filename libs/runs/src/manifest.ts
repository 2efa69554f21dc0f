import { z } from 'zod';

/** What a run was: everything needed to repeat it, and to tell whether two runs may be compared. */
export const MANIFEST = z.object({
  schema: z.literal(1),
  run: z.string(),
  stage: z.int(),
  slug: z.string(),
  /** The whole topology as it ran, settings applied. */
  topology: z.unknown(),
  topologyHash: z.string(),
  set: z.array(z.string()),
  profile: z.string(),
  /** Name of the experiment, when the run was one. */
  experiment: z.string().optional(),
  seed: z.int(),
  scale: z.number(),
  quick: z.boolean(),
  /** Whether idle-priority loops steadied the CPU clock; runs before November 2026 always had them. */
  burners: z.boolean().default(true),
  command: z.string(),
  startedAt: z.string(),
  machine: z.object({
    cores: z.int(),
    model: z.string(),
    memoryMiB: z.int(),
    freeMemoryMiB: z.int(),
    kernel: z.string(),
  }),
  coresPerLabCpu: z.number(),
  versions: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof MANIFEST>;

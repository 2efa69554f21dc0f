import { createHash } from 'node:crypto';
import { OWN_PROFILE } from '@loadstair/load/own-profile';
import { TOPOLOGY } from '@loadstair/topology/schema';
import { z } from 'zod';

const WORD = z.string().max(500);

/** A manifest as a file of any age has it. */
export const STORED_MANIFEST = z.object({
  schema: z.literal(1),
  run: WORD,
  stage: z.int(),
  slug: WORD,
  topology: z.unknown(),
  topologyHash: WORD,
  set: z.array(WORD).max(200).readonly(),
  profile: WORD,
  /** The profile itself, where it is not a stored one. */
  ownProfile: OWN_PROFILE.optional(),
  /** Name of the experiment, when the run was one. */
  experiment: WORD.optional(),
  seed: z.int(),
  scale: z.number(),
  quick: z.boolean(),
  /** Whether idle-priority loops steadied the CPU clock; runs before November 2026 always had them. */
  burners: z.boolean().default(true),
  command: z.string().max(4000),
  startedAt: z.iso.datetime(),
  machine: z.object({
    cores: z.int(),
    model: WORD,
    memoryMiB: z.int(),
    freeMemoryMiB: z.int(),
    kernel: WORD,
  }),
  coresPerLabCpu: z.number(),
  /** Of the programs used, by name; runs before December 2026 have Node's alone. */
  versions: z.record(WORD, WORD),
  /** Set when it was brought from a file: it says nothing of this machine. */
  imported: z.object({ atMs: z.number().min(0).max(8.64e15) }).optional(),
});
export type StoredManifest = z.infer<typeof STORED_MANIFEST>;

/** What a run was: everything needed to repeat it, and to tell whether two runs may be compared. */
export const MANIFEST = STORED_MANIFEST.extend({
  /** The whole topology as it ran, settings applied. */
  topology: TOPOLOGY,
});
export type Manifest = z.infer<typeof MANIFEST>;

/** What tells load profiles apart: the name of a stored one; of others the name and what they say. */
export function profileIdentity({ profile, ownProfile }: Pick<Manifest, 'profile' | 'ownProfile'>): string {
  if (ownProfile === undefined) return profile;
  return `${profile} (#${createHash('sha256').update(JSON.stringify(ownProfile)).digest('hex').slice(0, 6)})`;
}

import type { Unchanged } from '@loadstair/kit';
import { OWN_PROFILE } from '@loadstair/load/own-profile';
import { z } from 'zod';

/** A site that is asked for: a stage, with settings. */
export const SITE_BODY = z.strictObject({
  stage: z.int().min(1),
  set: z.array(z.string().max(200)).max(50).default([]),
  unbudgeted: z.boolean().default(false),
});

/** A stored profile by its name, or one of somebody's own, whole. */
export const ASKED_PROFILE = z
  .union([z.string().max(60), OWN_PROFILE])
  .nullable()
  .default(null);

/** A run that is asked for. */
export const RUN_BODY = SITE_BODY.extend({
  burners: z.boolean().default(true),
  profile: ASKED_PROFILE,
  quick: z.boolean().default(false),
  seed: z.int().min(0).max(0xffff_ffff).nullable().default(null),
  scale: z.number().positive().max(10).default(1),
  search: z.boolean().default(false),
  trials: z.int().min(5).max(40).nullable().default(null).describe('Trials of a search; 5 by default, as in a comparison'),
  slo: z
    .strictObject({
      quantile: z.number().min(0.5).max(0.999),
      latencyMs: z.number().min(1).max(6000),
      errorShare: z.number().min(0).max(1),
    })
    .nullable()
    .default(null),
  around: z.number().positive().max(100_000).nullable().default(null),
});

/** What a run is asked for, as typed: only the stage must be given. */
export type RunBody = Unchanged<z.input<typeof RUN_BODY>>;
/** The same with every default filled in. */
export type RunRequest = Unchanged<z.output<typeof RUN_BODY>>;

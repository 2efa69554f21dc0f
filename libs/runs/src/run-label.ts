import { z } from 'zod';
import { MOST_NAME, MOST_NOTE } from './label-limits.ts';

/** What a person wrote beside a run. It is a file of its own: nothing of what was measured depends on it. */
export const RUN_LABEL = z.strictObject({
  /** One line; empty where the run has no name. */
  name: z.string().max(MOST_NAME),
  /** Plain text. */
  note: z.string().max(MOST_NOTE),
  /** A starred run is kept by `./lab prune`. */
  starred: z.boolean(),
});
export type RunLabel = Readonly<z.infer<typeof RUN_LABEL>>;

/** The same as its file has it. */
export const STORED_LABEL = RUN_LABEL.extend({ schema: z.literal(1) });

export const NO_LABEL: RunLabel = { name: '', note: '', starred: false };

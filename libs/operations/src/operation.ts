import { z } from 'zod';

/** An action that was begun on a running site: it may take long, and can be cancelled meanwhile. */
export const OPERATION = z.object({
  id: z.string(),
  action: z.string(),
  input: z.record(z.string(), z.unknown()),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  beganMs: z.number(),
  endedMs: z.number().nullable(),
  /** What was done, in a sentence; null until it is. */
  text: z.string().nullable(),
  /** What came of it, as its action declares; null until it is done. */
  result: z
    .union([z.looseObject({ kind: z.literal('done') }), z.object({ kind: z.literal('refused'), what: z.string(), why: z.string() })])
    .nullable(),
  /** Why it failed. */
  problem: z.object({ what: z.string(), why: z.string(), do: z.string(), code: z.string(), exit: z.int() }).nullable(),
});

export type Operation = Readonly<z.infer<typeof OPERATION>>;

/** What happens in an operation, in order: that it began, what its hosts did meanwhile, and how it ended. */
export const OPERATION_EVENT = z.discriminatedUnion('type', [
  z.object({ type: z.literal('began'), atMs: z.number(), operation: OPERATION }),
  z.object({ type: z.literal('progress'), atMs: z.number(), text: z.string() }),
  z.object({ type: z.literal('ended'), atMs: z.number(), operation: OPERATION }),
]);

export type OperationEvent = z.infer<typeof OPERATION_EVENT>;

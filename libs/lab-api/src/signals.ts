import type { SlowShare, Span, TracedRequest } from '@loadstair/runs';
import { PARTS } from '@loadstair/runs/schemas';
import { z } from 'zod';
import { owned } from './domain.ts';

export const SPAN = owned<Span>(
  'Span',
  'One operation of a trace',
  z.object({
    trace: z.string(),
    span: z.string(),
    parent: z.string().nullable(),
    name: z.string(),
    host: z.string(),
    startMs: z.number(),
    endMs: z.number(),
    failed: z.boolean(),
    attributes: z.record(z.string(), z.union([z.string(), z.number()])),
    dueMs: z.number().optional(),
  }),
);

export const TRACED_REQUEST = owned<TracedRequest>(
  'TracedRequest',
  'A request that was traced',
  z.object({
    trace: z.string(),
    span: z.string(),
    name: z.string(),
    route: z.string(),
    host: z.string(),
    status: z.number().nullable(),
    startMs: z.number(),
    durationMs: z.number(),
    spans: z.int(),
  }),
);

export const SLOW_SHARE = owned<SlowShare>(
  'SlowShare',
  'What slow requests have in common',
  z.object({
    slowMs: z.number(),
    slowIs: z.enum(['slo', 'tenth']),
    slow: z.int(),
    rest: z.int(),
    traits: z.array(
      z.object({
        about: z.enum(['route', 'host', 'status', 'step', 'query', 'most of its time']),
        value: z.string(),
        slow: z.int(),
        rest: z.int(),
        ratio: z.number().nullable(),
      }),
    ),
    parts: z.array(z.object({ part: z.enum(PARTS), slowMs: z.number(), restMs: z.number() })),
  }),
);

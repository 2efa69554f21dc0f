import { z } from 'zod';

const ONE = z.object({
  labels: z.record(z.string(), z.string()),
  /** On the grid of the run: one every `stepS` from `startMs`; null where there was none. An instant query has one. */
  values: z.array(z.number().nullable()),
});

const QUERY = z.array(ONE);

/** A single request beside a query, with its trace. */
const EXEMPLAR = z.object({ atMs: z.number(), value: z.number(), trace: z.string(), host: z.string().nullable() });

/** What Prometheus answered to every query of the dashboards over a run, so that they can be drawn anywhere and later. */
export const KEPT_SERIES = z.object({
  startMs: z.number(),
  endMs: z.number(),
  stepS: z.number(),
  /** By uid of the dashboard, id of the panel, and refId of the query. */
  panels: z.record(z.string(), z.record(z.string(), z.record(z.string(), QUERY))),
  /** By name of the annotation; it holds while its value is not null. */
  annotations: z.record(z.string(), QUERY),
  /** By uid of the dashboard and id of the panel; runs before December 2026 have none. */
  exemplars: z.record(z.string(), z.record(z.string(), z.array(EXEMPLAR))).default({}),
});
export type KeptSeries = z.infer<typeof KEPT_SERIES>;
export type KeptQuery = z.infer<typeof QUERY>;
export type KeptExemplar = z.infer<typeof EXEMPLAR>;

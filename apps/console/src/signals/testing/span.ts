import type { Span } from '@loadstair/runs';

/** A span for tests: its id, its parent's, begin and end in ms. */
export const span = (id: string, parent: string | null, startMs: number, endMs: number, name = id): Span => ({
  trace: 't',
  span: id,
  parent,
  name,
  host: 'web-1',
  startMs,
  endMs,
  failed: false,
  attributes: {},
});

import type { z } from 'zod';

/** One operation of labd. It is named `METHOD /path/{parameter}`; it answers one JSON value, or a stream. */
export interface Operation {
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Of a good answer; 200 unless it says otherwise. After 204 nothing is sent. */
  readonly status?: 200 | 202 | 204;
  readonly answer?: z.ZodType;
  /** Of one line of a stream of JSON. */
  readonly line?: z.ZodType;
  readonly stream?: 'application/x-ndjson' | 'text/plain' | 'text/html' | 'application/gzip';
  /** Why it may be refused, beside a request that is not valid: 404 there is no such thing, 409 not now. */
  readonly refuses?: readonly (404 | 409)[];
  /** A reading that is told with the key alone, as every change is. */
  readonly secret?: true;
}

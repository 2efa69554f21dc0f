import type { FilesReading } from '../soft-reading.ts';

/** What varnishstat is asked for; https://varnish-cache.org/docs/7.1/reference/varnish-counters.html */
export const COUNTERS = {
  hits: 'MAIN.cache_hit',
  misses: 'MAIN.cache_miss',
  headerBytes: 'MAIN.s_resp_hdrbytes',
  bodyBytes: 'MAIN.s_resp_bodybytes',
  fetchFailures: 'MAIN.fetch_failed',
  backendFailures: 'MAIN.backend_fail',
  objects: 'MAIN.n_object',
  evicted: 'MAIN.n_lru_nuked',
  storedBytes: 'SMA.kept.g_bytes',
} as const;

/** Counters from the JSON that `varnishstat -1 -j` writes; one that is not there counts as 0. */
export function parseStats(text: string): FilesReading {
  const parsed = JSON.parse(text) as { counters?: Readonly<Record<string, { value?: number }>> };
  const value = (name: keyof typeof COUNTERS): number => parsed.counters?.[COUNTERS[name]]?.value ?? 0;
  return {
    hits: value('hits'),
    misses: value('misses'),
    bytesOut: value('headerBytes') + value('bodyBytes'),
    objects: value('objects'),
    storedBytes: value('storedBytes'),
    evicted: value('evicted'),
    failures: value('fetchFailures') + value('backendFailures'),
  };
}

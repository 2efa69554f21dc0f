import { histogramOf, type RegionLoad } from '@loadstair/analysis';
import type { RequestRow } from '@loadstair/loadprofiles';
import { isFailure } from './is-failure.ts';

/** Rows by the region of their user; nothing where users have none. */
export function regions(rows: readonly RequestRow[]): { readonly byRegion?: readonly RegionLoad[] } {
  const names = [...new Set(rows.flatMap(({ region }) => region ?? []))].sort();
  if (names.length === 0) return {};
  return {
    byRegion: names.map((region) =>
      regionLoad(
        region,
        rows.filter((row) => row.region === region),
      ),
    ),
  };
}

function regionLoad(region: string, rows: readonly RequestRow[]): RegionLoad {
  const files = { hit: 0, miss: 0, origin: 0, fallback: 0 };
  for (const { via } of rows) if (via !== undefined) files[via] += 1;
  return {
    region,
    requests: rows.length,
    failed: rows.filter(isFailure).length,
    latency: histogramOf(rows.map((row) => row.latencyMs)),
    files,
    fileLatency: histogramOf(rows.filter(({ via }) => via !== undefined).map((row) => row.latencyMs)),
  };
}

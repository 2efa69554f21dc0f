import type { DatabaseUse } from '@loadstair/analysis';
import { growth, type Span } from '@loadstair/resources';
import type { Samples } from './samples.ts';

/** What web servers gave each database host in a window, by their own counts; nothing where nobody counts it. */
export function databasesIn({ soft }: Samples, { startMs, endMs }: Span): { readonly databases?: readonly DatabaseUse[] } {
  const counting = soft.filter(({ databases }) => databases !== undefined);
  const hosts = [...new Set(counting.flatMap(({ databases = {} }) => Object.keys(databases)))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const grown = (by: string, host: string, kind: 'reads' | 'writes'): number => {
    // Who has never asked a host has asked it for nothing.
    const points = counting
      .filter((sample) => sample.host === by)
      .map(({ atMs, databases }) => ({ atMs, value: databases?.[host]?.[kind] ?? 0 }));
    return growth(points, startMs, endMs) ?? 0;
  };
  const askers = [...new Set(counting.map(({ host }) => host))];
  const all = (host: string, kind: 'reads' | 'writes'): number => askers.reduce((sum, by) => sum + grown(by, host, kind), 0);
  return hosts.length === 0 ? {} : { databases: hosts.map((host) => ({ host, reads: all(host, 'reads'), writes: all(host, 'writes') })) };
}

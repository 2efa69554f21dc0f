import { milliseconds } from '@loadstair/analysis';
import type { Lag, SiteNow } from './site-now.ts';

/** The replica among some hosts that is furthest behind; null when none was read. */
export function worstLag(hosts: readonly string[], { now }: Pick<SiteNow, 'now'>): Lag | null {
  const own = (now?.behind ?? []).filter(({ host }) => hosts.includes(host));
  return own.toSorted((a, b) => (b.seconds ?? 0) - (a.seconds ?? 0) || b.bytes - a.bytes)[0] ?? null;
}

/** `lag 40 ms`, short enough to stand beside the link; bytes where the age is not known. Empty when nothing was read. */
export function lagWords(lag: Lag | null): string {
  if (lag === null) return '';
  if (lag.bytes === 0) return 'lag 0';
  if (lag.seconds === null) return `lag ${bytes(lag.bytes)}`;
  return `lag ${lag.seconds < 1 ? `${milliseconds(lag.seconds * 1000)} ms` : `${lag.seconds.toFixed(1)} s`}`;
}

function bytes(count: number): string {
  if (count < 1e3) return `${count} B`;
  return count < 1e6 ? `${(count / 1e3).toFixed(0)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

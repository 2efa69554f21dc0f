import { setTimeout as delay } from 'node:timers/promises';
import { growth } from '@loadstair/resources';
import { DRAIN_MS, samplesAround } from '@loadstair/measure';
import { CORES_PER_LAB_CPU } from '@loadstair/topology';
import type { SiteSession } from '../site-session.ts';
import { deadlineAt } from './deadline.ts';

/** Waits until nothing is queued or working any more, as far as the samples show. */
export async function settle(session: SiteSession, signal: AbortSignal): Promise<void> {
  const deadline = deadlineAt(Date.now() + DRAIN_MS);
  while (deadline.leftMs() > 0) {
    await delay(500, undefined, { signal });
    const now = Date.now();
    const { readings, soft } = samplesAround(session.sampler.samples, { startMs: now - 1000, endMs: now });
    const busy = session.site.placement.hosts.some((host) => {
      const points = readings.flatMap((reading) => {
        const found = reading.hosts.find((one) => one.host === host.name);
        return found === undefined ? [] : [{ atMs: reading.atMs, value: found.cpuSeconds }];
      });
      return (growth(points, now - 1000, now) ?? 0) > 0.2 * host.tierSpec.cpu * CORES_PER_LAB_CPU;
    });
    const waiting = soft.some((one) => one.atMs > now - 1200 && one.kind !== 'lock' && (one.waiting ?? 0) > 1);
    if (!busy && !waiting) return;
  }
}

/** Slow readers of soft resources (a file written twice a second, read once) are this far behind at most. */
const SAMPLED_WITHIN_MS = 3_000;
/** What was not read for so long is not read any more: a host that was promoted replays no longer. */
const GONE_AFTER_MS = 5_000;

/** Waits until every kind of sample of the hosts that live reaches beyond a moment, so that a window that ends there is seen whole. */
export async function sampledUntil(session: SiteSession, atMs: number, signal: AbortSignal): Promise<void> {
  const deadline = deadlineAt(Date.now() + SAMPLED_WITHIN_MS);
  const behind = (): boolean => {
    const { soft } = samplesAround(session.sampler.samples, { startMs: atMs - GONE_AFTER_MS, endMs: Infinity });
    const living = new Set(session.site.hosts().flatMap(({ name, state }) => (state === 'up' ? [name] : [])));
    const newest = new Map<string, number>();
    for (const one of soft) if (living.has(one.host)) newest.set(`${one.host}/${one.component}/${one.kind}`, one.atMs);
    return [...newest.values()].some((newestMs) => newestMs < atMs && newestMs > atMs - GONE_AFTER_MS);
  };
  while (behind() && deadline.leftMs() > 0) await delay(100, undefined, { signal });
}

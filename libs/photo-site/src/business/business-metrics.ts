import { METRICS, type Metrics } from '@loadstair/telemetry';
import type { Database } from '../storage/database.ts';
import { labDay } from './activity.ts';

const EVERY_MS = 10_000;

/** Sequences tell how many rows were ever made, at the price of one page each; counting rows would cost the database its budget. */
const TOTALS = `SELECT (SELECT last_value FROM users_id_seq) - (SELECT rows FROM seeded WHERE kind = 'users') AS sign_ups,
                       (SELECT last_value FROM photos_id_seq) - (SELECT rows FROM seeded WHERE kind = 'photos') AS photos,
                       (SELECT last_value FROM likes_id_seq) - (SELECT rows FROM seeded WHERE kind = 'likes') AS likes,
                       (SELECT last_value FROM comments_id_seq) - (SELECT rows FROM seeded WHERE kind = 'comments') AS comments`;
const ORDERS =
  'SELECT count(*)::int AS orders, coalesce(sum(cents), 0)::int AS cents, coalesce(max(id), $1)::int AS last FROM orders WHERE id > $1';
const ACTIVE = `SELECT count(*) FILTER (WHERE day = $1)::int AS today,
                       count(*) FILTER (WHERE day = $1 - 1)::int AS yesterday,
                       (SELECT count(*)::int FROM activity a JOIN activity b USING (user_id) WHERE a.day = $1 - 1 AND b.day = $1) AS returned
                  FROM activity WHERE day IN ($1 - 1, $1)`;

/** Business metrics out of the data, read by one site process every few seconds. */
export function startBusinessMetrics(
  database: Database,
  metrics: Metrics,
  dayS: number,
  onError: (error: unknown) => void,
): { stop(): void } {
  const counters = {
    sign_ups: metrics.counter(METRICS.signUps),
    photos: metrics.counter(METRICS.photos),
    likes: metrics.counter(METRICS.likes),
    comments: metrics.counter(METRICS.comments),
  };
  const orders = metrics.counter(METRICS.orders);
  const revenue = metrics.counter(METRICS.revenue);
  const dailyActive = metrics.gauge(METRICS.dailyActive);
  const retention = metrics.gauge(METRICS.retention);
  const before: Record<string, number> = {};
  let lastOrder = 0;

  // Where they are written: on a replica a sequence runs up to 32 numbers ahead.
  const read = (): Promise<void> =>
    database.write(async (query) => {
      const [totals] = await query<Record<keyof typeof counters, string>>('business-totals', TOTALS);
      for (const [kind, counter] of Object.entries(counters)) {
        const total = Math.max(0, Number(totals?.[kind as keyof typeof counters] ?? 0));
        counter.inc(Math.max(0, total - (before[kind] ?? 0)));
        before[kind] = total;
      }
      const [sold] = await query<{ orders: number; cents: number; last: number }>('business-orders', ORDERS, [lastOrder]);
      if (sold !== undefined) {
        orders.inc(sold.orders);
        revenue.inc(sold.cents / 100);
        lastOrder = sold.last;
      }
      const [active] = await query<{ today: number; yesterday: number; returned: number }>('business-active', ACTIVE, [
        labDay(Date.now(), dayS),
      ]);
      dailyActive.set(active?.today ?? 0);
      // Without a day before there is no one to retain, and so no value.
      if (active !== undefined && active.yesterday > 0) retention.set(active.returned / active.yesterday);
    });
  const timer = setInterval(() => void read().catch(onError), EVERY_MS);
  timer.unref();
  void read().catch(onError);
  return { stop: () => clearInterval(timer) };
}

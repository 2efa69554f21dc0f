import { METRICS, type Metrics } from '@loadstair/telemetry';
import type { Database } from '../storage/database.ts';
import { firstIdAt, MAX_SEEDED } from '../storage/ids.ts';
import { labDay } from './activity.ts';

const EVERY_MS = 10_000;
/** So long after its id was made, a row is there or never will be. */
const SETTLED_MS = 60_000;

const KINDS = { sign_ups: 'users', photos: 'photos', likes: 'likes', comments: 'comments', orders: 'orders' } as const;
type Kind = keyof typeof KINDS;

/** Ids grow with time: only rows from $1 on are counted, and of these how many will not be counted again, those before $2. */
const TOTALS = Object.entries(KINDS)
  .map(([kind, table]) => {
    const cents = kind === 'orders' ? 'cents' : '0';
    return `SELECT '${kind}' AS kind, count(*)::int AS rows, coalesce(sum(${cents}), 0)::int AS cents,
                   count(*) FILTER (WHERE id < $2)::int AS settled, coalesce(sum(${cents}) FILTER (WHERE id < $2), 0)::int AS settled_cents
              FROM ${table} WHERE id >= $1`;
  })
  .join(' UNION ALL ');
const ACTIVE = `SELECT count(*) FILTER (WHERE day = $1)::int AS today,
                       count(*) FILTER (WHERE day = $1 - 1)::int AS yesterday,
                       (SELECT count(*)::int FROM activity a JOIN activity b USING (owner_id) WHERE a.day = $1 - 1 AND b.day = $1) AS returned
                  FROM activity WHERE day IN ($1 - 1, $1)`;

interface TotalRow {
  readonly kind: Kind;
  readonly rows: number;
  readonly cents: number;
  readonly settled: number;
  readonly settled_cents: number;
}

interface ActiveRow {
  readonly today: number;
  readonly yesterday: number;
  readonly returned: number;
}

/** Business metrics out of the data, read by one site process every few seconds. */
export function startBusinessMetrics(
  database: Database,
  metrics: Metrics,
  dayS: number,
  onError: (error: unknown) => void,
): { stop(): void } {
  const counters: Record<Kind, ReturnType<Metrics['counter']>> = {
    sign_ups: metrics.counter(METRICS.signUps),
    photos: metrics.counter(METRICS.photos),
    likes: metrics.counter(METRICS.likes),
    comments: metrics.counter(METRICS.comments),
    orders: metrics.counter(METRICS.orders),
  };
  const revenue = metrics.counter(METRICS.revenue);
  const dailyActive = metrics.gauge(METRICS.dailyActive);
  const retention = metrics.gauge(METRICS.retention);
  const counted = Object.keys(KINDS).map((kind) => ({ kind: kind as Kind, told: { rows: 0, cents: 0 }, settled: { rows: 0, cents: 0 } }));
  let fromId = MAX_SEEDED + 1;
  let reading = false;

  const count = async (): Promise<void> => {
    const settledBefore = firstIdAt(Date.now() - SETTLED_MS);
    const rows = (await database.scatter((query) => query<TotalRow>('business-totals', TOTALS, [fromId, settledBefore]))).flat();
    for (const one of counted) {
      const ofKind = rows.filter(({ kind }) => kind === one.kind);
      const sum = (key: 'rows' | 'cents' | 'settled' | 'settled_cents'): number => ofKind.reduce((total, row) => total + row[key], 0);
      const now = { rows: one.settled.rows + sum('rows'), cents: one.settled.cents + sum('cents') };
      // A failover may have lost some: a counter never goes back.
      counters[one.kind].inc(Math.max(0, now.rows - one.told.rows));
      revenue.inc(Math.max(0, now.cents - one.told.cents) / 100);
      one.told = now;
      one.settled = { rows: one.settled.rows + sum('settled'), cents: one.settled.cents + sum('settled_cents') };
    }
    fromId = settledBefore;
  };
  const countActive = async (): Promise<void> => {
    const day = labDay(Date.now(), dayS);
    const rows = (await database.scatter((query) => query<ActiveRow>('business-active', ACTIVE, [day]))).flat();
    const sum = (key: keyof ActiveRow): number => rows.reduce((total, row) => total + row[key], 0);
    dailyActive.set(sum('today'));
    // Without a day before there is no one to retain, and so no value.
    if (sum('yesterday') > 0) retention.set(sum('returned') / sum('yesterday'));
  };
  const read = async (): Promise<void> => {
    if (reading) return;
    reading = true;
    try {
      await count();
      await countActive();
    } finally {
      reading = false;
    }
  };
  const timer = setInterval(() => void read().catch(onError), EVERY_MS);
  timer.unref();
  void read().catch(onError);
  return { stop: () => clearInterval(timer) };
}

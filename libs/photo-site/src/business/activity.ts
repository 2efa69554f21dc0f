import type { Database } from '../storage/database.ts';

/** Notes who is active on which lab day, in batches: one small write every few seconds, not one a request. */
export interface Activity {
  seen(userId: number): void;
  stop(): Promise<void>;
}

/** A lab day may be long. Who is forgotten is noted again, which changes nothing. */
const MAX_KNOWN = 100_000;
const FLUSH_MS = 5_000;
const FLUSH = 'INSERT INTO activity (day, owner_id) SELECT $1, unnest($2::bigint[]) ON CONFLICT DO NOTHING';

/** @param dayS length of a lab day, s */
export function startActivity(database: Database, dayS: number, onError: (error: unknown) => void): Activity {
  let day = labDay(Date.now(), dayS);
  let known = new Set<number>();
  let fresh: number[] = [];
  const flush = async (): Promise<void> => {
    // In order of id: two servers that note the same users in another order would lock each other out.
    const batch = fresh.toSorted((a, b) => a - b);
    const batchDay = day;
    fresh = [];
    if (batch.length === 0) return;
    for (const users of database.together(batch))
      await database.write(users[0] ?? 0, (query) => query('activity', FLUSH, [batchDay, users]));
  };
  const timer = setInterval(() => void flush().catch(onError), FLUSH_MS);
  timer.unref();
  return {
    seen(userId) {
      const today = labDay(Date.now(), dayS);
      if (today !== day) {
        void flush().catch(onError);
        day = today;
        known = new Set();
      }
      if (known.has(userId)) return;
      if (known.size >= MAX_KNOWN) known = new Set();
      known.add(userId);
      fresh.push(userId);
    },
    async stop() {
      clearInterval(timer);
      await flush().catch(onError);
    },
  };
}

export function labDay(nowMs: number, dayS: number): number {
  return Math.floor(nowMs / 1000 / dayS);
}

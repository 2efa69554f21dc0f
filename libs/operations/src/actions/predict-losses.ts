import { z } from 'zod';
import { defineAction } from '../action.ts';
import { DATABASES, PROMISES, type PromisedRow } from '../capabilities.ts';
import { databasesOf } from '../databases-of.ts';
import { GROUP, HOST } from '../fields.ts';

/** Over which the rate of writes is taken, s: long enough for some, and as long as the lag where that is longer. */
const LEAST_WINDOW_S = 5;

const REPLICA = z.object({ host: HOST, behindBytes: z.number(), behindS: z.number().nullable() });

/**
 * Says how many acknowledged writes would be lost if the primary died now: those of as many seconds as the least late replica is behind,
 * and none where a commit waits for a replica. What it says is kept before anything happens.
 */
export const predictLosses = defineAction({
  name: 'predict-losses',
  summary: 'Predict how many acknowledged writes would be lost if the primary died now: lag × write rate',
  subject: 'group',
  input: z.strictObject({ group: GROUP }),
  /** `writesPerS`: acknowledged rows a second. `lost`: null where no replica can say how late it is. */
  result: z.object({
    waitsFor: z.int(),
    replicas: z.array(REPLICA).readonly(),
    writesPerS: z.number(),
    lost: z.number().nullable(),
  }),
  needs: { databases: DATABASES, promises: PROMISES },
  async run({ group }, { databases, promises, signal }) {
    // Everything that was said before this moment is heard when `promised` resolves.
    const untilMs = Date.now();
    const rows = await promises.promised(signal);
    const { waitsFor, replicas } = await databasesOf(databases, group).lag();
    const behindS = leastOf(replicas.map((replica) => replica.behindS));
    const writesPerS = rateOf(rows, untilMs, Math.max(LEAST_WINDOW_S, behindS ?? 0));
    return { waitsFor, replicas: [...replicas], writesPerS, lost: waitsFor > 0 ? 0 : behindS === null ? null : behindS * writesPerS };
  },
  sentence(_, { waitsFor, replicas, writesPerS, lost }) {
    const lags = replicas.map(({ host, ...lag }) => `${host} ${lagWords(lag)} behind`).join(', ');
    const rate = `${writesPerS.toFixed(1)} acknowledged writes/s`;
    if (waitsFor > 0) return `${lags}; commits wait for ${waitsFor}: no acknowledged write would be lost`;
    return lost === null ? `${lags}; ${rate}` : `${lags}; ${rate}: ${lost.toFixed(lost < 10 ? 1 : 0)} would be lost`;
  },
});

/** `3.2 s (120 KiB)`. */
export function lagWords({ behindS, behindBytes }: Omit<z.infer<typeof REPLICA>, 'host'>): string {
  const bytes = `${(behindBytes / 1024).toFixed(0)} KiB`;
  if (behindS === null) return bytes;
  return `${behindS < 1 ? `${(behindS * 1000).toFixed(0)} ms` : `${behindS.toFixed(1)} s`} (${bytes})`;
}

/** The replica that is promoted is the one that has most; null where one does not know. */
function leastOf(lags: readonly (number | null)[]): number | null {
  const known = lags.filter((lag) => lag !== null);
  return known.length === 0 || known.length < lags.length ? null : Math.min(...known);
}

/** Rows a second in the window that ends then; the window begins with the first row at the earliest. */
function rateOf(rows: readonly PromisedRow[], untilMs: number, windowS: number): number {
  const sinceMs = Math.max(untilMs - windowS * 1000, Math.min(untilMs, ...rows.map(({ ackedMs }) => ackedMs)));
  const within = rows.filter(({ ackedMs }) => ackedMs > sinceMs && ackedMs <= untilMs).length;
  return untilMs > sinceMs ? (within * 1000) / (untilMs - sinceMs) : 0;
}

import { setTimeout as delay } from 'node:timers/promises';
import { dueTimes, startGenerator, type GeneratorOptions, type LoadPlan, type RequestRow, type StepRecord } from '@loadstair/load';

/** A running load generator and all it has said so far. */
export interface Generation {
  /** Resolves with the time of a step's first due time, epoch ms, once the step has begun. */
  began(step: number, signal: AbortSignal): Promise<number>;
  record(step: number): StepRecord;
  recent(step: number, startMs: number, endMs: number): Recent;
  /** Requests answered so far. */
  answered(): number;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface Recent {
  readonly startedPerS: number;
  readonly achievedPerS: number;
  readonly lateP99Ms: number;
  /** Arrivals that were due and have not begun. */
  readonly behind: number;
  /** From the due time, of requests that ended in the window; null without one. */
  readonly latency: { readonly p50Ms: number; readonly p95Ms: number; readonly requests: number } | null;
}

interface StepLines {
  beganMs: number | null;
  readonly rows: RequestRow[];
  readonly late: Map<number, number>;
}

const POLL_MS = 50;
/** What k6 has written may be this old before it is read. */
const NOT_YET_HEARD_MS = 400;

export function generate(plan: LoadPlan, options: Omit<GeneratorOptions, 'onLine'>): Generation {
  const steps = new Map<number, StepLines>();
  const due = new Map(plan.steps.map((step) => [step.index, dueTimes(plan.seed, step)]));
  let requests = 0;
  let failure: Error | null = null;
  let over = false;
  const linesOf = (step: number): StepLines => {
    const known = steps.get(step);
    if (known !== undefined) return known;
    const fresh: StepLines = { beganMs: null, rows: [], late: new Map() };
    steps.set(step, fresh);
    return fresh;
  };
  const generator = startGenerator(plan, {
    ...options,
    onLine(line) {
      if (line.kind === 'step') linesOf(line.step).beganMs = line.beganMs;
      else if (line.kind === 'arrival') linesOf(line.step).late.set(line.arrival, line.lateMs);
      else {
        linesOf(line.row.step).rows.push(line.row);
        requests += 1;
      }
    },
  });
  generator.ended.then(
    () => (over = true),
    (error: Error) => (failure = error),
  );
  return {
    async began(step, signal) {
      for (;;) {
        if (failure !== null) throw failure;
        const { beganMs } = linesOf(step);
        if (beganMs !== null) return beganMs;
        if (over) throw new Error(`k6 ended before step ${step} began.`);
        await delay(POLL_MS, undefined, { signal });
      }
    },
    record(step) {
      const { rows, late, beganMs } = linesOf(step);
      return { rows, late, beganMs: beganMs ?? Date.now(), asOfMs: Date.now() };
    },
    recent(step, startMs, endMs) {
      const { rows, late, beganMs } = linesOf(step);
      const heardMs = endMs - NOT_YET_HEARD_MS;
      const seconds = (heardMs - Math.max(startMs, beganMs ?? endMs)) / 1000;
      const within = (atMs: number): boolean => atMs >= startMs && atMs < heardMs;
      const answered = rows.filter((row) => within(row.dueMs + row.latencyMs));
      const ended = answered.filter((row) => row.last).length;
      const latencies = answered.map((row) => row.latencyMs).sort((a, b) => a - b);
      const at = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
      const dueMs = due.get(step) ?? [];
      // Not by their answers: those of a slow site are still to come.
      const begun = [...late].filter(([arrival, lateMs]) => within((beganMs ?? endMs) + (dueMs[arrival] ?? 0) + lateMs)).length;
      const lateness = [...late.values()].slice(-200).sort((a, b) => a - b);
      return {
        startedPerS: seconds <= 0 ? 0 : begun / seconds,
        achievedPerS: seconds <= 0 ? 0 : ended / seconds,
        lateP99Ms: lateness[Math.floor(lateness.length * 0.99)] ?? 0,
        latency: latencies.length === 0 ? null : { p50Ms: at(0.5), p95Ms: at(0.95), requests: latencies.length },
        behind:
          beganMs === null
            ? 0
            : Math.max(0, dueMs.filter((ms) => beganMs + ms < heardMs).length - late.size),
      };
    },
    answered: () => requests,
    ended: generator.ended,
    stop: () => generator.stop(),
  };
}

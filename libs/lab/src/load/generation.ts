import { setTimeout as delay } from 'node:timers/promises';
import {
  dueTimes,
  isFailure,
  startGenerator,
  wasCutShort,
  wasSent,
  type GeneratorOptions,
  type LoadPlan,
  type PromisedWrite,
  type StepRecord,
} from '@loadstair/load';
import { recentOf, type Recent, type StepLines } from './recent.ts';

/** A running load generator and all it has said so far. */
export interface Generation {
  /** Resolves with the time of a step's first due time, epoch ms, once the step has begun. */
  began(step: number, signal: AbortSignal): Promise<number>;
  record(step: number): StepRecord;
  recent(step: number, startMs: number, endMs: number): Recent;
  /** Rows the site has said so far that it has written. */
  promised(): readonly PromisedWrite[];
  /** Requests that the site itself has answered rightly so far. */
  answered(): number;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const POLL_MS = 50;

export function generate(plan: LoadPlan, options: Omit<GeneratorOptions, 'onLine'>): Generation {
  const steps = new Map<number, StepLines>();
  const due = new Map(plan.steps.map((step) => [step.index, dueTimes(plan.seed, step)]));
  const promised: PromisedWrite[] = [];
  let requests = 0;
  let failure: Error | null = null;
  let over = false;
  let stoppedMs: number | null = null;
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
      else if (line.kind === 'write') promised.push(line.write);
      else if (stoppedMs === null || !wasCutShort(line.row, stoppedMs)) {
        linesOf(line.row.step).rows.push(line.row);
        // What an edge had, the site knows nothing of.
        if (line.row.via !== 'hit' && wasSent(line.row) && !isFailure(line.row)) requests += 1;
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
      // What was open when k6 had to stop is known to be as slow as until then.
      const asOfMs = stoppedMs ?? Date.now();
      return { rows, late, beganMs: beganMs ?? asOfMs, asOfMs };
    },
    recent: (step, startMs, endMs) => recentOf(linesOf(step), due.get(step) ?? [], { startMs, endMs }),
    promised: () => promised,
    answered: () => requests,
    ended: generator.ended,
    stop() {
      stoppedMs ??= Date.now();
      return generator.stop();
    },
  };
}

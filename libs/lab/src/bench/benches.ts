import type { BenchEvent } from '@loadstair/runs';
import type { LabConfig } from '../config.ts';
import { createEventLog, type EventLog } from '../event-log.ts';
import type { Lab } from '../lab.ts';
import { freeOrOther, LabProblem, problemLinesOf } from '../problem.ts';
import { bench, type BenchRequest } from './bench.ts';

/** Measurements of the lab itself; one at a time. */
export interface Benches {
  begin(request: BenchRequest): { readonly bench: string };
  events(bench: string): EventLog<BenchEvent>;
  stop(bench: string): void;
}

export function createBenches(config: LabConfig, lab: Lab): Benches {
  const known = new Map<string, { readonly log: EventLog<BenchEvent>; readonly abort: AbortController }>();
  let going: string | null = null;
  const find = (id: string): { readonly log: EventLog<BenchEvent>; readonly abort: AbortController } => {
    const found = known.get(id);
    if (found !== undefined) return found;
    throw new LabProblem(404, {
      what: `Unknown bench ${id}.`,
      why: 'it was not started by this labd',
      do: './lab bench --history',
      code: 'E_UNKNOWN_BENCH',
      exit: 2,
    });
  };
  return {
    begin(request) {
      const { run, stage } = lab.status();
      if (going !== null || run !== null || stage !== null) {
        throw new LabProblem(409, {
          what: `Instance ${config.instance} is in use.`,
          why: 'a bench starts and ends its own sites',
          do: freeOrOther(config.instance),
          code: 'E_INSTANCE_TAKEN',
          exit: 1,
        });
      }
      const id = String(known.size + 1);
      const log = createEventLog<BenchEvent>();
      const abort = new AbortController();
      known.set(id, { log, abort });
      going = id;
      void bench({ config, lab, request, emit: (event) => log.append(event), signal: abort.signal })
        .catch((error: unknown) => {
          const problem = abort.signal.aborted
            ? { what: 'Interrupted.', why: 'the bench was stopped', do: './lab bench', code: 'INTERRUPTED', exit: 130 }
            : problemLinesOf(error);
          log.append({ type: 'failed', atMs: Date.now(), problem });
        })
        .finally(() => {
          going = null;
          log.close();
        });
      return { bench: id };
    },
    events: (id) => find(id).log,
    stop: (id) => find(id).abort.abort(),
  };
}

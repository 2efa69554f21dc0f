import { BadRun, type RunStore } from '@loadstair/runs';
import { LabProblem } from '../problem.ts';

/** The spans of a run are read whole, so only the newest runs are searched. */
const MOST_RUNS = 10;

/**
 * The run that has a trace, for a reader who knows the trace alone, such as Grafana from an exemplar.
 *
 * @param going the run in progress, searched first
 * @throws LabProblem (404)
 */
export function traceRunReading(store: RunStore, going: string | null, trace: string): string {
  const stored = store.list().map(({ id }) => id);
  const searched = [...new Set([...(going === null ? [] : [going]), ...stored])].slice(0, MOST_RUNS);
  const found = searched.find((run) => spansOf(store, run).some((span) => span.trace === trace));
  if (found !== undefined) return found;
  throw new LabProblem(404, {
    what: `Unknown trace ${trace}.`,
    why: `the newest ${searched.length} runs have no span of that trace`,
    do: 'open the traces of the run in the console',
    code: 'E_UNKNOWN_TRACE',
    exit: 2,
  });
}

function spansOf(store: RunStore, run: string): ReturnType<RunStore['spans']> {
  try {
    return store.spans(run);
  } catch (error) {
    if (error instanceof BadRun) return [];
    throw error;
  }
}

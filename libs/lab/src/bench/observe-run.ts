import type { RunData } from '@loadstair/analysis';
import { createStore, type RunEvent } from '@loadstair/runs';
import type { Lab, LabMemory } from '../lab.ts';
import { LabProblem } from '../problem.ts';

/** A run like any other, and what a bystander saw of it. */
export interface ObservedRun {
  readonly run: string;
  readonly runData: RunData;
  readonly events: readonly RunEvent[];
  /** Late in the first step of load. */
  readonly memory: LabMemory | null;
}

/** Half of what the site should hold, steadily. */
const PROFILE = 'average';
/** Share of a step after which memory is looked at. */
const LOOK_AT = 0.7;

/** Runs a stage through the same door as `./lab run --profile average`. */
export async function observeRun(
  lab: Lab,
  labFolder: string,
  { stage, quick }: { readonly stage: number; readonly quick: boolean },
  signal: AbortSignal,
): Promise<ObservedRun> {
  signal.throwIfAborted();
  const { run, events: started } = lab.run({
    stage,
    profile: PROFILE,
    set: [],
    quick,
    seed: null,
    scale: 1,
    unbudgeted: false,
    burners: true,
    search: false,
    trials: null,
    slo: null,
    around: null,
  });
  const stop = (): void => lab.stopRun(run);
  signal.addEventListener('abort', stop, { once: true });
  const events: RunEvent[] = [];
  let memory: LabMemory | null = null;
  let holdS = Infinity;
  for await (const event of started.read(0, new AbortController().signal)) {
    events.push(event);
    if (event.type === 'step-started') holdS = event.holdS;
    // Late in a step memory has grown to what the run needs, and k6 is still there. Once: looking costs labd CPU.
    if (event.type === 'live' && event.elapsedS > LOOK_AT * holdS) memory ??= lab.memory();
  }
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  const failed = events.find((event) => event.type === 'failed');
  if (failed !== undefined) throw new LabProblem(500, failed.problem);
  return { run, runData: createStore(labFolder).open(run).runData, events, memory };
}

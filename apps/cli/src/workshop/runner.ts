import type { Problem } from '@loadstair/kit';
import { commandOf, type Runnable } from '@loadstair/labs';
import { minutes } from '@loadstair/terminal-view/minutes';
import type { Context } from '../commands/context.ts';
import { oneExperiment } from '../one-experiment.ts';
import { oneRun } from '../one-run.ts';

/** Runs what a step of a lab runs. */
export interface LabRunner {
  /** Why it cannot be run here; null where it can. */
  cannot(action: Runnable, quick: boolean): Problem | null;
  /** What is told before it begins: one line. */
  says(action: Runnable, quick: boolean, takesS: number): string;
  /** Throws what the lab broke of. */
  run(action: Runnable, quick: boolean): Promise<RunEnd>;
}

export type RunEnd =
  /** Its folder is whole; whether it can be judged is not said. */
  { readonly kind: 'ended'; readonly run: string } | { readonly kind: 'interrupted'; readonly status: number };

/** `Running ./lab run 3 --quick, 1:25 …` */
export function runningLine(action: Runnable, quick: boolean, takesS: number): string {
  return `Running ${commandOf(action, quick) ?? ''}, ${minutes(takesS)} …`;
}

/** On real hosts, followed in the terminal. */
export function realRunner(options: { readonly instance: number; readonly yes: boolean }, context: Context): LabRunner {
  return {
    cannot: () => null,
    says: runningLine,
    async run(action, quick) {
      if (action.kind === 'experiment') {
        const done = await oneExperiment(action.experiment, { ...options, quick, seed: null, stays: true }, context);
        if (done.kind === 'interrupted') return done;
        return done.interrupted === null ? { kind: 'ended', run: done.ended.run } : { kind: 'interrupted', status: done.interrupted };
      }
      const ran = await oneRun({ stage: action.stage, set: action.set, quick }, { ...options, stays: true }, context);
      if (ran.kind === 'interrupted') return ran;
      return ran.interrupted === null ? { kind: 'ended', run: ran.outcome.run } : { kind: 'interrupted', status: ran.interrupted };
    },
  };
}

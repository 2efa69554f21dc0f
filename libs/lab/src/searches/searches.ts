import { random, shuffled } from '@loadstair/kit';
import type { SearchesAnswer, SearchesRequest } from '@loadstair/lab-api';
import { searchTakesS } from '@loadstair/load/durations';
import { RUN_BODY } from '@loadstair/runs/run-request';
import { stageByNumber } from '@loadstair/stages';
import { endedWell } from '../ended-well.ts';
import type { Lab, StartedRun } from '../lab.ts';
import { LabProblem } from '../problem.ts';

/** Searches of several stages, one after the other, for a comparison that lacks them. */
export interface Searches {
  now(): SearchesAnswer;
  /** Begins the first; the others follow. Throws what `Lab.run` throws, or LabProblem (409) while others go on. */
  begin(request: SearchesRequest): SearchesAnswer;
  /** Ends the search that goes on, and begins no other. */
  stop(): SearchesAnswer;
}

/** Of order and arrivals, as `./lab compare` has it. */
const SEED = 42;

interface Planned {
  readonly stage: number;
  readonly seed: number;
}

export function createSearches(lab: Pick<Lab, 'run' | 'stopRun'>): Searches {
  let going: Extract<SearchesAnswer, { state: 'going' }> | null = null;
  let failed: string | null = null;
  let stopping = false;

  const now = (): SearchesAnswer => going ?? { state: 'idle', searchS: searchTakesS(), failed };

  const start = (plan: readonly Planned[], index: number, profile: string): StartedRun => {
    const { stage, seed } = plan[index] as Planned;
    const started = lab.run(RUN_BODY.parse({ stage, seed, profile, search: true }));
    const { topology } = stageByNumber(stage);
    going = {
      state: 'going',
      number: index + 1,
      of: plan.length,
      stage,
      slug: topology.slug,
      profile,
      run: started.run,
      takesS: (plan.length - index) * searchTakesS(),
    };
    return started;
  };

  const goOn = async (plan: readonly Planned[], profile: string, first: StartedRun): Promise<void> => {
    let started = first;
    for (let index = 1; ; index += 1) {
      if (!(await endedWell(started)) || stopping) {
        failed = 'a search was stopped';
        return;
      }
      if (index === plan.length) return;
      started = start(plan, index, profile);
    }
  };

  return {
    now,
    begin({ stages, profile, runs }) {
      if (going !== null)
        throw new LabProblem(409, {
          what: 'Other searches are running.',
          why: `search ${going.number} of ${going.of}, of stage ${going.stage}`,
          do: 'wait until they have ended, or stop them',
          code: 'E_SEARCHING',
          exit: 1,
        });
      const plan = interleaved(stages, runs);
      [failed, stopping] = [null, false];
      const first = start(plan, 0, profile);
      void goOn(plan, profile, first)
        .catch((error: unknown) => {
          failed = error instanceof Error ? error.message : String(error);
        })
        .finally(() => {
          going = null;
        });
      return now();
    },
    stop() {
      if (going !== null) {
        stopping = true;
        lab.stopRun(going.run);
      }
      return now();
    },
  };
}

/** Every block has each stage once, in a seeded order, so that a machine that slows down does so for all of them. */
function interleaved(stages: readonly number[], runs: number): Planned[] {
  const next = random(SEED);
  return Array.from({ length: runs }, (_, block) => shuffled(stages, next).map((stage) => ({ stage, seed: SEED + block }))).flat();
}

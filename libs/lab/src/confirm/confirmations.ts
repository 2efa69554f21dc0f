import { resourceName } from '@loadstair/analysis';
import { SHORT_RUN_TAKES_S } from '@loadstair/load/durations';
import { createStore, proofPlan, prove, type OpenedRun, type ProofPlan, type ProofRun } from '@loadstair/runs';
import type { ConfirmationAnswer } from '@loadstair/lab-api';
import { RUN_BODY } from '@loadstair/runs/run-request';
import { endedWell } from '../ended-well.ts';
import type { Lab, StartedRun } from '../lab.ts';
import { LabProblem } from '../problem.ts';
import { unknownAs404 } from '../reading/run-reading.ts';

/** Proofs of stored verdicts, by short runs of this labd. */
export interface Confirmations {
  /** Resolves when the first short run has begun. Throws LabProblem when it cannot. */
  begin(run: string): Promise<ConfirmationAnswer>;
  of(run: string): ConfirmationAnswer;
  /** Whether a run is being confirmed, or is one of the short runs that confirm another. */
  isGoing(run: string): boolean;
}

type Going = Extract<ConfirmationAnswer, { state: 'going' }>;

export function createConfirmations(labFolder: string, lab: Pick<Lab, 'run'>): Confirmations {
  const store = createStore(labFolder);
  const going = new Map<string, Going>();
  const failed = new Map<string, string>();

  const of = (id: string): ConfirmationAnswer => {
    const now = going.get(id);
    if (now !== undefined) return now;
    const run = unknownAs404(() => store.open(id));
    if (run.confirmation !== null) return { state: 'done', confirmation: run.confirmation };
    const plan = proofPlan(run);
    if (plan.kind === 'impossible') return { state: 'impossible', why: plan.why };
    return { state: 'ready', runs: plan.runs.length, takesS: plan.runs.length * SHORT_RUN_TAKES_S, failed: failed.get(id) ?? null };
  };

  /** Runs the whole plan and keeps what it proved; `began` is called when a short run has begun. */
  const proveAndKeep = async (before: OpenedRun, plan: Extract<ProofPlan, { kind: 'planned' }>, began: () => void): Promise<void> => {
    const { id } = before;
    try {
      const proof = await prove(before, plan, async (planned, number) => {
        const started = lab.run(RUN_BODY.parse(planned.request));
        going.set(id, goingOn(planned, number, plan.runs.length, started));
        began();
        return (await endedWell(started)) ? store.open(started.run) : null;
      });
      if (proof.kind === 'proven') store.confirm(id, proof.confirmation);
      else failed.set(id, proof.kind === 'stopped' ? 'a short run was stopped' : proof.why);
    } finally {
      going.delete(id);
    }
  };

  return {
    of,
    isGoing: (run) => going.has(run) || [...going.values()].some((one) => one.run === run),
    async begin(id) {
      const before = unknownAs404(() => store.open(id));
      const plan = proofPlan(before);
      if (plan.kind === 'impossible') throw notConfirmable(id, plan.why);
      if (going.has(id)) throw notConfirmable(id, 'its confirmation is in progress');
      failed.delete(id);
      await new Promise<void>((resolve, reject) => {
        proveAndKeep(before, plan, resolve).catch((error: unknown) => {
          failed.set(id, error instanceof Error ? error.message : String(error));
          reject(error);
        });
      });
      return of(id);
    },
  };
}

function goingOn({ resource, factor }: ProofRun, number: number, runs: number, { run }: StartedRun): Going {
  return { state: 'going', number, of: runs, gets: resourceName(resource), factor, run, takesS: (runs - number + 1) * SHORT_RUN_TAKES_S };
}

function notConfirmable(id: string, why: string): LabProblem {
  return new LabProblem(409, { what: `Run ${id} cannot be confirmed.`, why, do: `see /runs/${id}`, code: 'E_NOT_CONFIRMABLE', exit: 2 });
}

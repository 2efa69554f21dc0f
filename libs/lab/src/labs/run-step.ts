import type { At, LabDesk } from '@loadstair/labs';
import type { RunEvent } from '@loadstair/runs';
import { RUN_BODY } from '@loadstair/runs/run-request';
import type { Lab, StartedRun } from '../lab.ts';
import { LabProblem } from '../problem.ts';

/**
 * Begins what a step runs. When it has ended it judges the prediction; nobody has to wait for that.
 *
 * @param set what the learner changes, as for `--set`, in a step that leaves that to the learner
 * @throws LabProblem, and what LabDesk.toRun throws
 */
export function runStep(lab: Pick<Lab, 'run' | 'experiment'>, desk: LabDesk, at: At, set: readonly string[] = []): StartedRun {
  const { moment } = desk.view(at);
  if (moment !== 'run' && moment !== 'check') {
    throw new LabProblem(409, {
      what: `Step ${at.step} of lab ${at.stage} cannot be run now.`,
      why: `it is at the moment ${moment}`,
      do: 'lock a prediction first',
      code: 'E_LAB_MOMENT',
      exit: 2,
    });
  }
  const action = desk.toRun(at, set);
  const started =
    action.kind === 'experiment'
      ? lab.experiment({ name: action.experiment.name, profile: null, quick: at.quick, seed: null })
      : lab.run(RUN_BODY.parse({ stage: action.stage, set: [...action.set], quick: at.quick }));
  judgeWhenEnded(started, desk, at).catch(() => {
    // Nothing could be kept of it: the step still waits for its run, and says so.
  });
  return started;
}

async function judgeWhenEnded({ run, events }: StartedRun, desk: LabDesk, at: At): Promise<void> {
  // Hosts that stop afterwards are told of, too: the last event is not the end of the run.
  let end: RunEvent | null = null;
  for await (const event of events.read(0, new AbortController().signal)) {
    if (event.type === 'verdict' || event.type === 'outcome' || event.type === 'failed') end = event;
  }
  if (end?.type === 'verdict' || end?.type === 'outcome') desk.ran(at, run);
  else desk.broke(at, end?.type === 'failed' ? end.problem.what : 'The run ended without a verdict.');
}

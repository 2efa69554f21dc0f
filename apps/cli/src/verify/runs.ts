import { stageByNumber } from '@loadstair/stages';
import type { Context } from '../commands/context.ts';
import { shutdown } from '../commands/run.ts';
import { followRun } from '../follow-run.ts';
import { onInterrupt } from '../interruption.ts';
import { needLabd } from '../labd-client.ts';
import { CliProblem } from '../problem.ts';
import { needTools } from '../tools.ts';
import { plainView } from '../view/run-view.ts';
import { agreesWith, describe, NOT_MET } from './agreement.ts';

/** Runs stages and compares what was named with what the catalogue expects. Gives the exit status. */
export async function verifyRuns(
  numbers: readonly number[],
  options: { times: number; quick: boolean; instance: number; yes: boolean },
  context: Context,
): Promise<number> {
  const { io } = context;
  let wrong = 0;
  for (let time = 0; time < options.times; time += 1) {
    for (const stageNumber of numbers) {
      const stage = stageByNumber(stageNumber);
      await needTools(stage.topology, io, { yes: options.yes, path: context.environment['PATH'] ?? '' });
      const interruption = onInterrupt(io, 'Stopping: hosts are ended; no verdict is counted.');
      const { client } = await needLabd(options.instance).catch((error: unknown) => {
        interruption.end();
        throw error;
      });
      const view = plainView(io.err);
      try {
        if (interruption.status() !== null) return interruption.status() as number;
        const outcome = await followRun(
          client,
          { stage: stageNumber, quick: options.quick },
          (event) => view.event(event),
          (run) => interruption.stopWith(() => client.post(`/api/runs/${run}/stop`)),
        );
        if (interruption.status() !== null) return interruption.status() as number;
        if (outcome.type === 'failed') throw new CliProblem(outcome.problem);
        const agrees = agreesWith(outcome.verdict, { kind: 'named', ...stage.expected });
        if (!agrees) wrong += 1;
        io.out.write(
          `${agrees ? io.out.marks.good : io.out.marks.bad} ${stageNumber} ${stage.topology.slug.padEnd(18)} ${describe(outcome.verdict)}   run ${outcome.run}\n`,
        );
      } finally {
        view.end();
        interruption.end();
        await shutdown(client);
      }
    }
  }
  const all = numbers.length * options.times;
  io.out.write(`${all - wrong} of ${all} agree with the catalogue\n`);
  return wrong === 0 ? 0 : NOT_MET;
}

import { stageByNumber } from '@loadstair/stages';
import type { Context } from '../commands/context.ts';
import { agreesWith, describe, NOT_MET } from './agreement.ts';
import { trustedRun } from './trusted-run.ts';

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
      const ran = await trustedRun({ stage: stageNumber, quick: options.quick }, options, context);
      if (ran.kind === 'interrupted') return ran.status;
      if (ran.interrupted !== null) return ran.interrupted;
      const { verdict, run } = ran.outcome;
      const agrees = agreesWith(verdict, { kind: 'named', ...stage.expected });
      if (!agrees) wrong += 1;
      io.out.write(
        `${agrees ? io.out.marks.good : io.out.marks.bad} ${stageNumber} ${stage.topology.slug.padEnd(18)} ${describe(verdict)}   run ${run}\n`,
      );
    }
  }
  const all = numbers.length * options.times;
  io.out.write(`${all - wrong} of ${all} agree with the catalogue\n`);
  return wrong === 0 ? 0 : NOT_MET;
}

import { join } from 'node:path';
import { readSeries } from '@loadstair/runs';
import { stageByNumber } from '@loadstair/stages';
import type { Topology } from '@loadstair/topology';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { agreesWith, describe, NOT_MET, panelsWithoutData } from '@loadstair/verify';
import type { Stream } from '@loadstair/terminal-view/io';
import { writeJson } from '../commands/answer.ts';
import type { Context } from '../commands/context.ts';
import { trustedRun } from './trusted-run.ts';

/** Runs stages, compares what was named with what the catalogue expects, and looks for panels without data. Gives the exit status. */
export async function verifyRuns(
  numbers: readonly number[],
  options: { times: number; quick: boolean; instance: number; yes: boolean; json: boolean },
  context: Context,
): Promise<number> {
  const { io } = context;
  // What is told as it goes is no answer yet.
  const told = options.json ? io.err : io.out;
  const judged: object[] = [];
  let [wrong, empty] = [0, 0];
  for (let time = 0; time < options.times; time += 1) {
    for (const stageNumber of numbers) {
      const stage = stageByNumber(stageNumber);
      const ran = await trustedRun({ stage: stageNumber, quick: options.quick }, options, context);
      if (ran.kind === 'interrupted') return ran.status;
      if (ran.interrupted !== null) return ran.interrupted;
      const { verdict, run } = ran.outcome;
      const agrees = agreesWith(verdict, { kind: 'named', ...stage.expected });
      if (!agrees) wrong += 1;
      told.write(
        `${agrees ? told.marks.good : told.marks.bad} ${stageNumber} ${stage.topology.slug.padEnd(18)} ${describe(verdict)}   run ${run}\n`,
      );
      judged.push({ stage: stageNumber, run, agrees, words: describe(verdict) });
      empty += await tellEmptyPanels(run, stage.topology, told);
    }
  }
  const all = numbers.length * options.times;
  told.write(`${all - wrong} of ${all} agree with the catalogue\n`);
  told.write(empty === 0 ? 'every panel of their dashboards has data, or says why it has none\n' : `${empty} panels without data\n`);
  if (options.json) writeJson(io, { runs: judged, panelsWithoutData: empty });
  return wrong + empty === 0 ? 0 : NOT_MET;
}

/** Names what the dashboards of a run do not show, and gives how many. */
async function tellEmptyPanels(run: string, topology: Topology, told: Stream): Promise<number> {
  const missing = await panelsWithoutData(readSeries(join(LAB_FOLDER, 'runs', run)).panels, topology);
  for (const panel of missing) told.write(`${told.marks.bad}   no data  ${panel}\n`);
  return missing.length;
}

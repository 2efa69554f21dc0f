import { relative } from 'node:path';
import type { Command } from 'commander';
import { LAB_FOLDER, REPO_FOLDER } from '@loadstair/lab-api/folders';
import { recordStage, type Recorded } from '@loadstair/recorded';
import { createStore } from '@loadstair/runs';
import { EXAMPLE, stageByNumber, stages } from '@loadstair/stages';
import { answer, jsonOption } from './answer.ts';
import type { Context } from './context.ts';
import { stageArgument } from './stage-argument.ts';
import { COMMANDS } from './table.ts';

const MISSING = 6;

/** record: real runs become those that come with the lab. */
export function register(program: Command, context: Context): void {
  const { io } = context;
  program
    .command('record')
    .description(COMMANDS.record.record.does)
    .addArgument(stageArgument('[stage]'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Replaces the recorded runs of the stage with the newest accepted run of the
stage, of each step of its lab, and of each of its experiments. A run stays as
it was measured; raw samples, labels and reports are left out.

Examples:
  ./lab record ${EXAMPLE.stage}
  ./lab record            all stages

Exit status: 0 whole · 6 runs are missing: their commands are listed`,
    )
    .action(async (number: number | undefined, { json }: { json: boolean }) => {
      const store = createStore(LAB_FOLDER);
      const chosen = number === undefined ? stages : [stageByNumber(number)];
      const made: (Recorded & { readonly stage: number })[] = [];
      for (const stage of chosen) made.push({ stage: stage.topology.stage, ...(await recordStage(stage, store, REPO_FOLDER)) });
      answer(io, json, { recorded: made }, () => made.flatMap(linesOf));
      context.exit(made.some(({ missing }) => missing.length > 0) ? MISSING : 0);
    });
}

function linesOf({ stage, set, bytes, missing }: Recorded & { readonly stage: number }): string[] {
  const whole = Object.values(bytes).reduce((sum, one) => sum + one, 0);
  return [
    ...(set === null
      ? [`Stage ${stage}: nothing was recorded, because no stored run is fit.`]
      : [
          `${relative(REPO_FOLDER, set.folder)}   ${set.runs.length} runs, ${kilobytes(whole)}`,
          ...set.runs.map(({ id, command }) => `  ${id}  ${kilobytes(bytes[id] ?? 0).padStart(7)}  ${command}`),
        ]),
    ...(missing.length === 0 ? [] : ['  Missing; run these, then record again:', ...missing.map((command) => `    ${command}`)]),
  ];
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Problem } from '@loadstair/kit';
import { writeWhole } from '@loadstair/kit/node';
import type { Command } from 'commander';
import { verdictLines } from '@loadstair/analysis';
import { refuseK6Settings } from '@loadstair/load';
import {
  calibrationLines,
  calibrationOf,
  classOverview,
  createDesk,
  createGameStore,
  createProgressStore,
  createTestDesk,
  labLogOf,
  readClass,
  textOf,
  type LabDesk,
  type LabLog,
} from '@loadstair/labs';
import { createStore } from '@loadstair/runs';
import { EXAMPLE, KNOWLEDGE_TEST, labs } from '@loadstair/stages';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { classLines, labListLines } from '@loadstair/terminal-view/lab-view';
import { printProblem } from '@loadstair/terminal-view/problem-view';
import { recordedHere } from '../recorded/play-recorded.ts';
import { recordedRunner } from '../recorded/recorded-runner.ts';
import { scriptedAsker, terminalAsker } from '../workshop/asker.ts';
import { whoLearns } from '../workshop/learner.ts';
import { realRunner } from '../workshop/runner.ts';
import { takeLab, type Session } from '../workshop/session.ts';
import { takeTest } from '../workshop/take-test.ts';
import { answer, jsonOption, writeJson } from './answer.ts';
import { collect, instanceOption, yesOption, type Context } from './context.ts';
import { recordedOption, speedOption } from './recorded-options.ts';
import { stageNumber } from './stage-argument.ts';
import { COMMANDS } from './table.ts';

/** Others on the machine read it when the learner gives it to them. */
const FOR_THE_LEARNER_ALONE = 0o600;

interface Options {
  readonly learner?: string;
  readonly solo: boolean;
  readonly answer: string[];
  readonly quick: boolean;
  readonly test: boolean;
  readonly report?: string | true;
  readonly class?: string;
  readonly instance: number;
  readonly yes: boolean;
  readonly json: boolean;
  readonly recorded: boolean;
  readonly speed: number;
}

/** workshop: guided labs, whose answers are checked against what was measured. */
export function register(program: Command, context: Context): void {
  program
    .command('workshop')
    .description(COMMANDS.workshop.workshop.does)
    .argument('[lab]', 'number of the lab: that of its stage', stageNumber)
    .option('--learner <name>', 'name under which progress is kept')
    .option('--solo', 'learn alone, without a name', false)
    .option('--answer <question=answer>', 'give an answer in advance; may be repeated', collect, [])
    .option('--quick', 'shorter runs, wider intervals', false)
    .option('--test', 'ten questions, before the labs and again after them', false)
    .option('--report [file]', 'write what you did to one file, for a teacher')
    .option('--class <folder>', 'show where a class stands, from a folder of such files')
    .addOption(instanceOption())
    .addOption(yesOption())
    .addOption(recordedOption())
    .addOption(speedOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lab workshop                      labs, and where you stand
  ./lab workshop ${EXAMPLE.stage}                    take lab ${EXAMPLE.stage}, or continue it
  ./lab workshop ${EXAMPLE.stage} --answer tier=${EXAMPLE.front} --answer load=20-40
  ./lab workshop ${EXAMPLE.stage} --recorded         on runs that came with the lab
  ./lab workshop --test               before the first lab, and after the last
  ./lab workshop --report             anna.lablog.json
  ./lab workshop --class collected/   the teacher's table

Nothing leaves this machine. Progress is in .lab/labs.

Exit status: 0 done, or left with the place kept. Without a terminal also:
  5 a check was not met · 3 a run was refused`,
    )
    .action(async (lab: number | undefined, options: Options) => context.exit(await workshop(lab, options, context)));
}

async function workshop(stage: number | undefined, options: Options, context: Context): Promise<number> {
  const { io } = context;
  if (options.class !== undefined) return showClass(options.class, options, context);
  const store = createStore(LAB_FOLDER);
  const progress = createProgressStore(LAB_FOLDER);
  const desk = createDesk({ labs, progress, runs: store });
  const asker = io.canAsk ? terminalAsker(process.stdin, process.stderr) : null;
  const learner = await whoLearns(options, progress.learners(), asker);
  if (learner === null) return 0;
  const test = createTestDesk(LAB_FOLDER, KNOWLEDGE_TEST);
  if (options.test)
    return takeTest(test, {
      learner,
      asker: asker !== null && options.answer.length === 0 ? asker : scriptedAsker(options.answer, 0, io.err),
      io,
    });
  if (options.report !== undefined)
    return writeReport(
      desk,
      { learner, id: progress.idOf(learner), games: createGameStore(LAB_FOLDER).all(learner), test: test.marks(learner) },
      options.report,
      context,
    );
  if (stage === undefined) {
    const summary = desk.summary(learner);
    answer(io, options.json, { learner, labs: summary }, () => labListLines(summary, learner));
    return 0;
  }
  const runner = options.recorded ? recordedRunner(await recordedHere(stage), options, context) : realRunner(options, context);
  if (!options.recorded) refuseK6Settings(context.environment);
  const session: Session = {
    desk,
    learner,
    quick: options.quick,
    runner,
    asker: asker !== null && options.answer.length === 0 ? asker : scriptedAsker(options.answer, stage, io.err),
    io,
    instance: options.instance,
    openRun: (id) => {
      const run = store.open(id);
      return { run, lines: verdictLines(run.verdict, run.runData, run.confirmation) };
    },
  };
  const status = await takeLab(stage, session);
  const next = desk.next(learner, stage);
  if (options.json) {
    const view = next === null ? null : desk.view({ learner, stage, step: next.id, quick: options.quick });
    writeJson(io, { learner, stage, next: view });
  }
  return status;
}

function writeReport(
  desk: LabDesk,
  who: Pick<LabLog, 'learner' | 'id' | 'games' | 'test'>,
  wanted: string | true,
  { io }: Context,
): number {
  const { learner } = who;
  const file = resolve(wanted === true ? `${learner}.lablog.json` : wanted);
  const all = desk.labs.map((lab) => desk.progress(learner, lab.stage));
  const log = labLogOf(who, desk.labs, all, new Date().toISOString());
  writeWhole(file, `${JSON.stringify(log, null, 2)}\n`, { mode: FOR_THE_LEARNER_ALONE });
  io.out.write(`${file}\n`);
  const calibration = calibrationLines(calibrationOf(log.labs.flatMap(({ steps }) => steps)));
  io.err.write(
    calibration.length === 0
      ? ''
      : `How sure you were, and how often you were right:\n${calibration.map((line) => `  ${line}\n`).join('')}`,
  );
  return 0;
}

/** Plain files only: a folder or a pipe of that name is none. */
function logFilesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && entry.name.endsWith('.lablog.json') ? [entry.name] : [],
  );
}

function showClass(folder: string, options: Options, { io }: Context): number {
  const names = existsSync(folder) ? logFilesIn(folder) : [];
  if (names.length === 0) {
    throw new Problem({
      what: `There are no lab logs in ${folder}.`,
      why: existsSync(folder) ? 'no file in it ends in .lablog.json' : 'there is no such folder',
      do: './lab workshop --report   on each learner’s machine',
      code: 'E_NO_LABLOGS',
      exit: 2,
    });
  }
  const { logs, unread } = readClass(names.sort().map((name) => ({ name, text: textOf(readFileSync(join(folder, name))) })));
  const overview = classOverview(logs);
  answer(io, options.json, overview, () => classLines(overview));
  return Math.max(0, ...unread.map((problem) => printProblem(io, problem)));
}

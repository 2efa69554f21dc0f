import { Argument, type Command } from 'commander';
import { findingsOf, mendMachine, missingOf } from '@loadstair/runtime';
import { neededTools, stages } from '@loadstair/stages';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { doctorLines, TOPICS, type Topic } from '@loadstair/terminal-view/doctor-view';
import { answer, jsonOption } from './answer.ts';
import type { Context } from './context.ts';
import { COMMANDS } from './table.ts';

const MISSING = 6;

/** doctor: what this machine has, what is missing, and the one command that mends it. */
export function register(program: Command, context: Context): void {
  program
    .command('doctor')
    .description(COMMANDS.doctor.doctor.does)
    .addArgument(new Argument('[topic]', 'show one topic only').choices(TOPICS))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  ./lab doctor\n  ./lab doctor limits\n\nExit status 6 when something that a stage needs is missing.',
    )
    .action(async (topic: Topic | undefined, options: { json: boolean }) => {
      const { io } = context;
      const { environment } = context;
      const onProgress = (text: string): void => io.err.write(`${text}\n`);
      await mendMachine({ labFolder: LAB_FOLDER, environment: { ...environment }, signal: new AbortController().signal, onProgress });
      const findings = await findingsOf({ labFolder: LAB_FOLDER, path: environment['PATH'] ?? '' }, environment);
      const missing = missingOf(findings, neededTools(stages));
      answer(io, options.json, { ...findings, missing }, () => doctorLines(findings, stages, io.out, topic ?? null));
      context.exit(missing.length > 0 ? MISSING : 0);
    });
}

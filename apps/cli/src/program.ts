import { Command, CommanderError } from 'commander';
import { labVersion } from '@loadstair/lab-api/version';
import { EXAMPLE_NUMBERS } from '@loadstair/stages/example-numbers';
import { processIo } from '@loadstair/terminal-view/io';
import type { Context } from './commands/context.ts';
import { COMMANDS, fileOf, type CommandFile, type Listed } from './commands/table.ts';
import { printProblem } from '@loadstair/terminal-view/problem-view';

/** What may stand before a command. */
const GENERAL = new Set(['--no-color', '--no-input', '--debug']);
const WRONG_USAGE = 2;

/** Parses and runs one command line. Resolves with the exit status. */
export async function program(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  const io = processIo({
    environment,
    noColor: argv.includes('--no-color'),
    noInput: argv.includes('--no-input'),
    debug: argv.includes('--debug'),
  });
  let status = 0;
  const context: Context = { io, environment, exit: (value) => (status = value) };
  const lab = new Command('./lab')
    .description('A load lab: one photo site, grown step by step; what limits it, named by measurement.')
    .version(`loadstair ${labVersion()}`, '--version', 'print the version of the lab')
    .option('--no-color', 'no colours')
    .option('--no-input', 'never ask')
    .option('--debug', 'show stack traces of errors')
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureHelp({ helpWidth: Math.min(80, io.out.columns) })
    .addHelpText(
      'after',
      `
Three jobs:
  ./lab run ${EXAMPLE_NUMBERS.first}          run a load profile and watch it
  ./lab compare ${EXAMPLE_NUMBERS.compared.join(' ')}  compare stages before you choose one
  ./lab workshop ${EXAMPLE_NUMBERS.first}     take a guided lab

And in a browser:
  ./lab console        runs, stages, comparisons and dashboards

Exit status: 0 done · 1 the lab failed · 2 wrong usage · 3 refused
  4 unexplained · 5 an expectation was not met · 6 something is missing
  130 / 143 interrupted, everything cleaned up`,
    );
  lab.enablePositionalOptions(false);
  await register(argv, lab, context);
  for (const command of lab.commands) {
    command
      .exitOverride()
      .option('--no-color', 'no colours')
      .option('--no-input', 'never ask')
      .option('--debug', 'show stack traces of errors');
  }
  try {
    await lab.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
    return printProblem(io, error);
  }
  return status;
}

/** Loading every command takes longer than most of them do: the one that is asked for is enough, and the list needs none. */
async function register(argv: readonly string[], lab: Command, context: Context): Promise<void> {
  const words = argv.filter((word) => !GENERAL.has(word));
  const asked = words[0] === 'help' ? words[1] : words[0];
  const file = asked === undefined ? undefined : fileOf(asked);
  // Completion is made of every command's options.
  const files = file === 'completion' ? (Object.keys(COMMANDS) as CommandFile[]) : file === undefined ? [] : [file];
  for (const registers of await Promise.all(files.map((name) => load(name)))) registers(lab, context);
  for (const commands of files.length === 0 ? Object.values(COMMANDS) : []) {
    for (const [name, listed] of Object.entries(commands)) list(lab, name, listed);
  }
}

/** A command of the list, which can do nothing. */
export function list(lab: Command, name: string, { arguments: expected, does }: Listed): void {
  const command = lab.command(name).description(does);
  if (expected !== undefined) command.arguments(expected);
}

export async function load(file: CommandFile): Promise<(program: Command, context: Context) => void> {
  const module = (await import(`./commands/${file}.ts`)) as { register: (program: Command, context: Context) => void };
  return module.register;
}

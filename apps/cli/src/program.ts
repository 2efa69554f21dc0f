import { labVersion } from '@loadstair/lab-api/version';
import { Command, CommanderError } from 'commander';
import { EXAMPLE_NUMBERS } from '@loadstair/stages/example-numbers';
import { processIo } from '@loadstair/terminal-view/io';
import { printProblem } from '@loadstair/terminal-view/problem-view';
import type { Context } from './commands/context.ts';
import { fileOf, LISTED, type Listed } from './commands/table.ts';
import { helpStyle } from './help-style.ts';
import { load } from './load-command.ts';

/** What may stand before a command. */
const GENERAL = new Set(['--no-color', '--no-input', '--debug']);
const WRONG_USAGE = 2;

const ABOUT = 'A load lab: it grows a photo site stage by stage, and measures what limits it.';
const JOBS = `Three jobs:
  ./lab run ${EXAMPLE_NUMBERS.first}          load a site, and see what limits it
  ./lab compare ${EXAMPLE_NUMBERS.compared.join(' ')}  compare stages before you choose one
  ./lab workshop ${EXAMPLE_NUMBERS.first}     take a guided lab

In a browser:
  ./lab console        runs, stages, comparisons and dashboards`;

/** Parses and runs one command line. Resolves with the exit status. */
export async function program(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  const io = processIo({
    environment,
    noColor: argv.includes('--no-color'),
    noInput: argv.includes('--no-input'),
    debug: argv.includes('--debug'),
  });
  if (argv.every((word) => GENERAL.has(word))) {
    io.out.write(`${ABOUT}\n\n${JOBS}\n\nAll commands: ./lab --help. One command: ./lab run --help.\n`);
    return 0;
  }
  let status = 0;
  const context: Context = { io, environment, exit: (value) => (status = value) };
  const lab = new Command('./lab')
    .usage('<command> [options]')
    .description(`${ABOUT}\n\n${JOBS}`)
    .version(`loadstair ${labVersion()}`, '--version', 'print the version of the lab')
    .option('--no-color', 'no colours')
    .option('--no-input', 'never ask')
    .option('--debug', 'show stack traces of errors')
    .showSuggestionAfterError(true)
    .exitOverride()
    .helpCommand(false)
    .configureHelp(helpStyle(Math.min(80, io.out.columns)))
    .addHelpText(
      'after',
      `
Help of one command: ./lab run --help

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
    await lab.parseAsync(asHelp(argv), { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
    return printProblem(io, error);
  }
  return status;
}

/** `help run` is `run --help`. */
function asHelp(argv: readonly string[]): string[] {
  const at = argv.findIndex((word) => !GENERAL.has(word));
  return argv[at] === 'help' ? [...argv.toSpliced(at, 1), '--help'] : [...argv];
}

/** The command that is asked for; where none is, the list of all, which can do nothing and needs none of them. */
async function register(argv: readonly string[], lab: Command, context: Context): Promise<void> {
  const words = argv.filter((word) => !GENERAL.has(word));
  const asked = words[0] === 'help' ? words[1] : words[0];
  const file = asked === undefined ? undefined : fileOf(asked);
  if (file !== undefined) return (await load(file))(lab, context);
  for (const { name, ...listed } of LISTED) list(lab, name, listed);
}

/** A command of the list, which can do nothing. */
export function list(lab: Command, name: string, { arguments: expected, does, group, hidden }: Listed): void {
  const command = lab
    .command(name, { hidden: hidden === true })
    .description(does)
    .helpGroup(`${group}:`);
  if (expected !== undefined) command.arguments(expected);
}

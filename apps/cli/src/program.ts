import { Command, CommanderError } from 'commander';
import { processIo } from '@loadstair/terminal-view/io';
import type { Context } from './commands/context.ts';
import { printProblem } from '@loadstair/terminal-view/problem-view';

/** Commands, by the file in `commands/` that registers them. */
export const COMMANDS = {
  run: ['run'],
  capacity: ['capacity'],
  compare: ['compare', 'baseline'],
  experiments: ['experiments', 'experiment'],
  workshop: ['workshop'],
  site: ['up', 'status', 'logs', 'scale', 'kill', 'replace', 'down'],
  failover: ['failover', 'recover'],
  purge: ['purge'],
  catalogue: ['stages', 'settings', 'diff'],
  runs: ['runs', 'show', 'export', 'import'],
  prune: ['prune'],
  verify: ['verify'],
  bench: ['bench'],
  console: ['console'],
  doctor: ['doctor'],
  test: ['test'],
  completion: ['completion'],
} as const;
type CommandFile = keyof typeof COMMANDS;
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
    .option('--no-color', 'no colours')
    .option('--no-input', 'never ask')
    .option('--debug', 'show stack traces of errors')
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureHelp({ helpWidth: Math.min(80, io.out.columns) })
    .addHelpText(
      'after',
      '\nThree jobs:\n  ./lab run 3          run a load profile and watch it\n  ./lab compare 1 2 3  compare stages before you choose one\n  ./lab workshop 3     take a guided lab\n\nAnd in a browser:\n  ./lab console        runs, stages, comparisons and dashboards\n\nExit status: 0 done · 1 the lab failed · 2 wrong usage · 3 refused\n  4 unexplained · 5 an expectation was not met · 6 something is missing\n  130 / 143 interrupted, everything cleaned up',
    );
  lab.enablePositionalOptions(false);
  const registrations = await Promise.all(filesFor(argv).map((name) => load(name)));
  for (const register of registrations) register(lab, context);
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

/** Loading every command takes longer than most of them do: the one that is asked for is enough, but for what lists them all. */
function filesFor(argv: readonly string[]): CommandFile[] {
  const files = Object.keys(COMMANDS) as CommandFile[];
  const [asked = ''] = argv.filter((word) => !GENERAL.has(word));
  const own = files.filter((file) => file !== 'completion' && (COMMANDS[file] as readonly string[]).includes(asked));
  return own.length > 0 ? own : files;
}

export async function load(file: CommandFile): Promise<(program: Command, context: Context) => void> {
  const module = (await import(`./commands/${file}.ts`)) as { register: (program: Command, context: Context) => void };
  return module.register;
}

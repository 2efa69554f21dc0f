import { Command, CommanderError } from 'commander';
import type { Context } from './commands/context.ts';
import { processIo } from './io.ts';
import { printProblem } from './problem.ts';

const COMMANDS = [
  'run',
  'capacity',
  'compare',
  'experiments',
  'workshop',
  'site',
  'failover',
  'purge',
  'catalogue',
  'runs',
  'verify',
  'bench',
  'console',
  'doctor',
  'test',
  'completion',
] as const;
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
  const registrations = await Promise.all(COMMANDS.map((name) => load(name)));
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

async function load(name: (typeof COMMANDS)[number]): Promise<(program: Command, context: Context) => void> {
  const module = (await import(`./commands/${name}.ts`)) as { register: (program: Command, context: Context) => void };
  return module.register;
}

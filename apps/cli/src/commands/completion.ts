import { Argument, Command } from 'commander';
import { candidates, type Source } from '../completion/candidates.ts';
import { SCRIPTS, SHELLS, type Shell } from '../completion/scripts.ts';
import { load } from '../load-command.ts';
import type { Context } from './context.ts';
import { COMMANDS, fileOf, LISTED } from './table.ts';

/** completion: a script for the shell. complete: what that script asks. */
export function register(program: Command, context: Context): void {
  const { io } = context;
  program
    .command('completion')
    .description(COMMANDS.completion.completion.does)
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(SHELLS))
    .addHelpText(
      'after',
      `
Examples:
  eval "$(./lab completion bash)"                    in ~/.bashrc
  eval "$(./lab completion zsh)"                     in ~/.zshrc, after compinit
  ./lab completion fish > ~/.config/fish/completions/lab.fish`,
    )
    .action((shell: Shell) => {
      io.out.write(SCRIPTS[shell]);
    });
  program
    .command('complete', { hidden: true })
    .description(COMMANDS.completion.complete.does)
    .argument('<line>', 'a command line, up to where it is being typed')
    .addHelpText('after', "\nExamples:\n  ./lab complete './lab run '")
    .action(async (line: string) => {
      const [, ...words] = line.trimStart().split(/\s+/);
      const list = LISTED.filter(({ hidden }) => hidden !== true).map(({ name, does }) => ({ value: name, about: does }));
      for (const { value, about } of await candidates(words, list, (name) => registered(name, context), lazily)) {
        io.out.write(`${value}\t${about}\n`);
      }
    });
}

async function registered(name: string, context: Context): Promise<Command | undefined> {
  const file = fileOf(name);
  if (file === undefined) return undefined;
  const holder = new Command();
  (await load(file))(holder, context);
  return holder.commands.find((command) => command.name() === name);
}

/** What there is takes long to load, and names of commands and options need none of it. */
const lazily: Source = async (kind, typed) => (await import('../completion/sources.ts')).sources(kind, typed);

import { Argument, type Command } from 'commander';
import type { Context } from './context.ts';
import { COMMANDS } from './table.ts';

/** completion: a script for the shell, made from the commands themselves. */
export function register(program: Command, { io }: Context): void {
  program
    .command('completion')
    .description(COMMANDS.completion.completion.does)
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', '\nExamples:\n  eval "$(./lab completion bash)"\n  ./lab completion fish > ~/.config/fish/completions/lab.fish')
    .action((shell: 'bash' | 'zsh' | 'fish') => {
      io.out.write(scriptFor(shell, program));
    });
}

function scriptFor(shell: 'bash' | 'zsh' | 'fish', program: Command): string {
  const words = program.commands.map((command) => command.name());
  const options = (command: Command): string[] => command.options.map((option) => option.long).filter((long) => typeof long === 'string');
  if (shell === 'fish') {
    return [
      `complete -c lab -f -n __fish_use_subcommand -a '${words.join(' ')}'`,
      ...program.commands.flatMap((command) =>
        options(command).map((long) => `complete -c lab -n '__fish_seen_subcommand_from ${command.name()}' -l ${long.slice(2)}`),
      ),
      '',
    ].join('\n');
  }
  const cases = program.commands.map((command) => `    ${command.name()}) words='${options(command).join(' ')}' ;;`);
  const body = `_lab() {
  local words='${words.join(' ')}'
  if [ "$COMP_CWORD" -gt 1 ]; then case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _lab lab ./lab
`;
  return shell === 'zsh' ? `autoload -U bashcompinit && bashcompinit\n${body}` : body;
}

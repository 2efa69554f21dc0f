import type { Command } from 'commander';
import type { Context } from './commands/context.ts';
import type { CommandFile } from './commands/table.ts';

/** The function that registers the commands of a file. Each is loaded when it is needed: all of them take longer than most of them do. */
export async function load(file: CommandFile): Promise<(program: Command, context: Context) => void> {
  const module = (await import(`./commands/${file}.ts`)) as { register: (program: Command, context: Context) => void };
  return module.register;
}

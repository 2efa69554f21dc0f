import type { Command } from 'commander';
import { purge } from '@loadstair/operations';
import { existingLabd } from '@loadstair/lab-client/find-labd';
import { operate } from '@loadstair/lab-client/operate';
import { instanceOption, type Context } from './context.ts';
import { COMMANDS } from './table.ts';

/** purge: the edges forget a file before its time. */
export function register(program: Command, { io }: Context): void {
  program
    .command('purge')
    .description(COMMANDS.purge.purge.does)
    .argument('<path>', 'as clients ask for it, for example /static/site.css')
    .addOption(instanceOption())
    .addHelpText(
      'after',
      '\nA file under another version, as /static/site.css?v=2, is another file:\nnothing need be purged for it.\n\nExamples:\n  ./lab purge /static/site.css',
    )
    .action(async (path: string, options: { instance: number }) => {
      const client = await existingLabd(options.instance);
      const { hosts } = await operate(client, purge, { path });
      io.out.write(`${io.out.marks.good} ${path} forgotten by ${hosts.join(', ')}\n`);
    });
}

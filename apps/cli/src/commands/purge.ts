import type { Command } from 'commander';
import { clear, purge } from '@loadstair/operations';
import { existingLabd } from '@loadstair/lab-client/find-labd';
import { operate } from '@loadstair/lab-client/operate';
import { instanceOption, type Context } from './context.ts';
import { namedOrPlace } from './subject.ts';
import { COMMANDS } from './table.ts';

/** purge, clear: edges forget a file before its time; caches and edges forget all they keep. */
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

  program
    .command('clear')
    .description(COMMANDS.purge.clear.does)
    .argument('[tier]', 'tier whose hosts keep copies only')
    .option('--place <name>', 'every such host in a place instead')
    .addOption(instanceOption())
    .addHelpText('after', '\nExamples:\n  ./lab clear --place east')
    .action(async (tier: string | undefined, { place, instance }: { place?: string; instance: number }) => {
      const hosts = namedOrPlace('tier', tier === undefined ? undefined : { tier }, place);
      const client = await existingLabd(instance);
      const cleared = await operate(client, clear, hosts);
      io.out.write(`${io.out.marks.good} forgotten by ${cleared.hosts.join(', ') || 'nobody: no such host keeps copies'}\n`);
    });
}

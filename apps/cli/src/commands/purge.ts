import type { Command } from 'commander';
import { clear, purge } from '@loadstair/operations';
import { existingLabd } from '@loadstair/lab-client/find-labd';
import { operate } from '@loadstair/lab-client/operate';
import { answer, jsonOption } from './answer.ts';
import { instanceOption, type Context } from './context.ts';
import { namedOrPlace } from './subject.ts';
import { COMMANDS } from './table.ts';

interface Options {
  readonly instance: number;
  readonly json: boolean;
}

/** purge, clear: edges forget a file before its time; caches and edges forget all they keep. */
export function register(program: Command, { io }: Context): void {
  program
    .command('purge')
    .description(COMMANDS.purge.purge.does)
    .argument('<path>', 'path as clients request it, for example /static/site.css')
    .addOption(instanceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nA file under another version, such as /static/site.css?v=2, is another file\nand needs no purge.\n\nExamples:\n  ./lab purge /static/site.css',
    )
    .action(async (path: string, { instance, json }: Options) => {
      const { hosts } = await operate(await existingLabd(instance), purge, { path });
      answer(io, json, { path, hosts }, () => [`${io.out.marks.good} ${path} removed from ${hosts.join(', ')}`]);
    });

  program
    .command('clear')
    .description(COMMANDS.purge.clear.does)
    .argument('[tier]', 'tier whose hosts only keep copies')
    .option('--place <name>', 'every such host in a place instead')
    .addOption(instanceOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  ./lab clear --place east')
    .action(async (tier: string | undefined, { place, instance, json }: Options & { readonly place?: string }) => {
      const subject = namedOrPlace('tier', tier === undefined ? undefined : { tier }, place);
      const { hosts } = await operate(await existingLabd(instance), clear, subject);
      answer(io, json, { hosts }, () => [
        hosts.length === 0 ? 'No such host keeps copies.' : `${io.out.marks.good} emptied: ${hosts.join(', ')}`,
      ]);
    });
}

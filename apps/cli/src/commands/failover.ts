import type { Command } from 'commander';
import { failover, recover } from '@loadstair/operations';
import { existingLabd } from '@loadstair/lab-client/find-labd';
import { operate } from '@loadstair/lab-client/operate';
import { failoverLines, recoveredLines } from '@loadstair/terminal-view/failover-view';
import { EXAMPLE } from '@loadstair/stages';
import { instanceOption, type Context } from './context.ts';
import { COMMANDS } from './table.ts';

/** failover, recover: another primary, and what the old one still has. */
export function register(program: Command, { io }: Context): void {
  program
    .command('failover')
    .argument('[group]', 'group of databases, where a stage has several')
    .description(COMMANDS.failover.failover.does)
    .addOption(instanceOption())
    .addHelpText(
      'after',
      `\nThe old primary is ended first if it still lives, and built anew as a replica.\n\nExamples:\n  ./lab power-loss ${EXAMPLE.databaseHost} && ./lab failover\n  ./lab recover    restores what the old primary still has`,
    )
    .action(async (group: string | undefined, options: { instance: number }) => {
      const client = await existingLabd(options.instance);
      for (const line of failoverLines(await operate(client, failover, { group }))) io.out.write(`${line}\n`);
    });

  program
    .command('recover')
    .argument('[group]', 'group of databases, where a stage has several')
    .description(COMMANDS.failover.recover.does)
    .addOption(instanceOption())
    .option('--json', 'one line of JSON', false)
    .addHelpText('after', '\nNothing is overwritten; it can be done again.\n\nExamples:\n  ./lab recover')
    .action(async (group: string | undefined, options: { instance: number; json: boolean }) => {
      const client = await existingLabd(options.instance);
      const { hosts: recovered } = await operate(client, recover, { group });
      if (options.json) io.out.write(`${JSON.stringify(recovered)}\n`);
      else for (const line of recoveredLines(recovered)) io.out.write(`${line}\n`);
    });
}

import type { Command } from 'commander';
import { failover, recover } from '@loadstair/operations';
import { existingLabd } from '@loadstair/lab-client/find-labd';
import { operate } from '@loadstair/lab-client/operate';
import { failoverLines, recoveredLines } from '@loadstair/terminal-view/failover-view';
import { EXAMPLE } from '@loadstair/stages';
import { answer, jsonOption } from './answer.ts';
import { instanceOption, type Context } from './context.ts';
import { COMMANDS } from './table.ts';

interface Options {
  readonly instance: number;
  readonly json: boolean;
}

/** failover, recover: another primary, and what the old one still has. */
export function register(program: Command, { io }: Context): void {
  program
    .command('failover')
    .argument('[group]', 'group of databases, where a stage has several')
    .description(COMMANDS.failover.failover.does)
    .addOption(instanceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `\nThe old primary is stopped first if it still runs, and rebuilt as a replica.\n\nExamples:\n  ./lab power-loss ${EXAMPLE.databaseHost} && ./lab failover\n  ./lab recover    restores what the old primary still has`,
    )
    .action(async (group: string | undefined, { instance, json }: Options) => {
      const promoted = await operate(await existingLabd(instance), failover, { group });
      answer(io, json, promoted, () => failoverLines(promoted));
    });

  program
    .command('recover')
    .argument('[group]', 'group of databases, where a stage has several')
    .description(COMMANDS.failover.recover.does)
    .addOption(instanceOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nNothing is overwritten, so you can repeat it.\n\nExamples:\n  ./lab recover')
    .action(async (group: string | undefined, { instance, json }: Options) => {
      const { hosts } = await operate(await existingLabd(instance), recover, { group });
      answer(io, json, { hosts }, () => recoveredLines(hosts));
    });
}

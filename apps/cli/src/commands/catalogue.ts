import type { Command } from 'commander';
import { declarations } from '@loadstair/components/declarations';
import { EXAMPLE, settingLines, stageByNumber, stageLines, stageListLines } from '@loadstair/stages';
import { profileLines } from '@loadstair/load';
import { diff, diffLines } from '@loadstair/topology';
import { number, type Context } from './context.ts';
import { COMMANDS } from './table.ts';

/** stages, settings, profiles and diff: what there is, before anything runs. */
export function register(program: Command, { io }: Context): void {
  program
    .command('stages')
    .description(COMMANDS.catalogue.stages.does)
    .argument('[stage]', 'number of a stage', number('stage', 1, 99, true))
    .addHelpText('after', `\nExamples:\n  ./lab stages\n  ./lab stages ${EXAMPLE.stage}`)
    .action((stage?: number) => {
      const lines =
        stage === undefined
          ? [...stageListLines(), '', `next   ./lab stages ${EXAMPLE.stage}    ./lab run ${EXAMPLE.first}`]
          : stageLines(stageByNumber(stage));
      io.out.write(`${lines.join('\n')}\n`);
    });
  program
    .command('settings')
    .description(COMMANDS.catalogue.settings.does)
    .argument('<stage>', 'number of a stage', number('stage', 1, 99, true))
    .addHelpText('after', `\nExamples:\n  ./lab settings ${EXAMPLE.stage}`)
    .action((stage: number) => {
      io.out.write(`${settingLines(stageByNumber(stage).topology).join('\n')}\n`);
    });
  program
    .command('profiles')
    .description(COMMANDS.catalogue.profiles.does)
    .addHelpText('after', `\nExamples:\n  ./lab profiles\n  ./lab run ${EXAMPLE.stage} --profile reads`)
    .action(() => {
      io.out.write(`${profileLines().join('\n')}\n`);
    });
  program
    .command('diff')
    .description(COMMANDS.catalogue.diff.does)
    .argument('<from>', 'number of a stage', number('stage', 1, 99, true))
    .argument('<to>', 'number of a stage', number('stage', 1, 99, true))
    .addHelpText('after', `\nExamples:\n  ./lab diff ${EXAMPLE.before} ${EXAMPLE.stage}`)
    .action((from: number, to: number) => {
      io.out.write(`${diffLines(diff(stageByNumber(from).topology, stageByNumber(to).topology, declarations)).join('\n')}\n`);
    });
}

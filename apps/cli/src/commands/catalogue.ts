import type { Command } from 'commander';
import { declarations } from '@loadstair/components/declarations';
import { EXAMPLE, settingLines, settingsOfStages, stageByNumber, stageLines, stageListLines, stages, type Stage } from '@loadstair/stages';
import { diff, diffLines } from '@loadstair/topology';
import { answer, jsonOption } from './answer.ts';
import type { Context } from './context.ts';
import { stageArgument } from './stage-argument.ts';
import { COMMANDS } from './table.ts';

interface Json {
  readonly json: boolean;
}

/** stages, settings and diff: what there is, before anything runs. */
export function register(program: Command, { io }: Context): void {
  program
    .command('stages')
    .description(COMMANDS.catalogue.stages.does)
    .addArgument(stageArgument('[stage]'))
    .addOption(jsonOption())
    .addHelpText('after', `\nExamples:\n  ./lab stages\n  ./lab stages ${EXAMPLE.stage}`)
    .action((number: number | undefined, { json }: Json) => {
      if (number !== undefined) {
        const stage = stageByNumber(number);
        return answer(io, json, stageJson(stage), () => stageLines(stage));
      }
      answer(io, json, { stages: stages.map(stageJson) }, () => [
        ...stageListLines(),
        '',
        `next   ./lab stages ${EXAMPLE.stage}    ./lab run ${EXAMPLE.first}`,
      ]);
    });
  program
    .command('diff')
    .description(COMMANDS.catalogue.diff.does)
    .addArgument(stageArgument('<from>'))
    .addArgument(stageArgument('<to>'))
    .addOption(jsonOption())
    .addHelpText('after', `\nExamples:\n  ./lab diff ${EXAMPLE.before} ${EXAMPLE.stage}`)
    .action((from: number, to: number, { json }: Json) => {
      const difference = diff(stageByNumber(from).topology, stageByNumber(to).topology, declarations);
      answer(io, json, { ...difference, from, to }, () => diffLines(difference));
    });
  program
    .command('settings')
    .description(COMMANDS.catalogue.settings.does)
    .addArgument(stageArgument('[stage]', 'number of a stage; all stages without it'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Each line shows a setting as you type it, with its value in the stage; a
setting without a value is off. Its meaning and the allowed values follow.
A live setting can also change while the site runs.

Examples:
  ./lab settings ${EXAMPLE.stage}
  ./lab run ${EXAMPLE.stage} --set ${EXAMPLE.tier}.count=3`,
    )
    .action((number: number | undefined, { json }: Json) => {
      const settings = settingsOfStages(number);
      answer(io, json, { stage: number ?? null, settings }, () => [
        ...settingLines(settings),
        '',
        `next   ./lab run ${number ?? EXAMPLE.stage} --set ${EXAMPLE.tier}.count=3`,
      ]);
    });
}

/** What limit is expected of it is for the learner to find. */
function stageJson({ topology, story, profile, experiments }: Stage): object {
  return { stage: topology.stage, slug: topology.slug, story, profile, experiments: experiments.map(({ name }) => name), topology };
}

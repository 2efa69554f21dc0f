import type { Command } from 'commander';
import { capacityLines, resourceName, type Verdict } from '@loadstair/analysis';
import { declarations } from '@loadstair/components/declarations';
import { askedProfile, parseSlo, profileFrom, refuseK6Settings } from '@loadstair/load';
import { aboutWords, searchTakesS } from '@loadstair/load/durations';
import { createStore } from '@loadstair/runs';
import { EXAMPLE, stageByNumber } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { exitOf, trustLine, verdictBlock, verdictJson } from '@loadstair/terminal-view/verdict-view';
import { oneRun } from '../one-run.ts';
import { jsonOption, writeJson } from './answer.ts';
import { collect, instanceOption, number, yesOption, type Context } from './context.ts';
import { profileOption } from './profile-option.ts';
import { stageArgument } from './stage-argument.ts';
import { COMMANDS } from './table.ts';

interface Options {
  readonly profile: string;
  readonly slo?: string;
  readonly set: string[];
  readonly seed?: number;
  readonly trials: number;
  readonly scale: number;
  readonly burners: boolean;
  readonly instance: number;
  readonly yes: boolean;
  readonly json: boolean;
}

const REFUSED = 3;
const DEFAULT_PROFILE = 'mixed';
const DEFAULT_TRIALS = 10;

/** capacity: the highest load that holds the SLO, searched for. */
export function register(program: Command, context: Context): void {
  program
    .command('capacity')
    .description(COMMANDS.capacity.capacity.does)
    .addArgument(stageArgument('<stage>'))
    .addOption(profileOption('the same for all stages, to compare them').default(DEFAULT_PROFILE))
    .option('--slo <limits>', 'for example p95=250,errors=1% (default: the profile’s)')
    .option('--set <tier.key=value>', 'change a setting; may be repeated', collect, [])
    .option('--seed <n>', 'seed of arrivals, of what users choose, and of the order of trials', number('seed', 0, 0xffff_ffff, true))
    .option(
      '--trials <n>',
      'steps near the capacity; more of them make the interval narrower',
      number('trials', 5, 40, true),
      DEFAULT_TRIALS,
    )
    .option('--scale <x>', 'multiply every load of the climb', number('scale', 0.01, 10, false), 1)
    .option('--no-burners', 'let the CPU clock drift instead of steadying it with idle loops')
    .addOption(instanceOption())
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lab capacity ${EXAMPLE.stage}                       ${aboutWords(searchTakesS(DEFAULT_TRIALS))}
  ./lab capacity ${EXAMPLE.stage} --slo p99=500,errors=0.1%
  ./lab capacity ${EXAMPLE.before} --set ${EXAMPLE.tier}.cpu=2

Exit status: 0 found · 3 refused, or not found`,
    )
    .action(async (stage: number, options: Options) => context.exit(await capacity(stage, options, context)));
}

async function capacity(stageNumber: number, options: Options, context: Context): Promise<number> {
  const { io } = context;
  applySettings(stageByNumber(stageNumber).topology, options.set, declarations);
  const asked = await askedProfile(options.profile);
  const profile = profileFrom(asked);
  const slo = options.slo === undefined ? null : parseSlo(options.slo, profile.slo);
  refuseK6Settings(context.environment);
  const ran = await oneRun(
    {
      stage: stageNumber,
      profile: asked,
      set: options.set,
      seed: options.seed ?? null,
      scale: options.scale,
      burners: options.burners,
      search: true,
      trials: options.trials,
      slo,
    },
    { ...options, stays: true },
    context,
  );
  if (ran.kind === 'interrupted') return ran.status;
  const { outcome } = ran;
  const { verdict, capacity: search } = outcome;
  const found = verdict.kind !== 'refused' && search?.kind === 'found' ? search.capacity : null;
  io.err.write(`${trustLine(outcome, io.err)}\n\n`);
  if (options.json) {
    writeJson(io, {
      run: outcome.run,
      stage: stageNumber,
      profile: profile.name,
      capacity: found === null ? null : { ...found, unit: 'arrivals/s' },
      verdict: verdictJson(verdict),
      report: outcome.report,
    });
  } else if (found !== null) {
    const { runData } = createStore(LAB_FOLDER).open(outcome.run);
    io.out.write(verdictBlock(verdict, capacityLines(found, runData, limitedBy(verdict)), io.out));
    io.out.write(
      `report   ${outcome.report}\nnext     ./lab compare ${stageNumber} ${besides(stageNumber)}${profileWords(options.profile)}\n`,
    );
  } else {
    io.out.write(verdictBlock(verdict, outcome.lines, io.out));
    if (search?.kind === 'none') io.out.write(`  no capacity: ${search.reason}\n`);
    io.out.write(`report   ${outcome.report}\n`);
  }
  if (ran.interrupted !== null) return ran.interrupted;
  return found === null ? Math.max(exitOf(verdict), REFUSED) : 0;
}

function profileWords(profile: string): string {
  return profile === DEFAULT_PROFILE ? '' : ` --profile ${profile}`;
}

/** A stage to compare with: the one before, or the one after the first. */
function besides(number: number): number {
  return number === EXAMPLE.first ? number + 1 : number - 1;
}

/** What limits it, in words. */
export function limitedBy(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'named':
      return [verdict, ...verdict.with].map(resourceName).join(' and ');
    case 'none-in-range':
      return 'nothing that ran out';
    case 'unexplained':
      return 'nothing measured that explains it';
    case 'refused':
      return `an unknown resource (${verdict.codes.join(', ')})`;
  }
}

import type { Command } from 'commander';
import { verdictLines } from '@loadstair/analysis';
import { declarations } from '@loadstair/components/declarations';
import { askedProfile, profileFrom, refuseK6Settings } from '@loadstair/load';
import { aboutWords, RUN_TAKES_S, runTakesS, SHORT_RUN_TAKES_S } from '@loadstair/load/durations';
import { createStore } from '@loadstair/runs';
import { EXAMPLE, stageByNumber } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { exitOf, trustLine } from '@loadstair/terminal-view/verdict-view';
import { confirmRun } from '../confirm-run.ts';
import { dryRun } from '../dry-run.ts';
import { oneRun } from '../one-run.ts';
import { runRecorded } from '../recorded/run-recorded.ts';
import { showEnded } from '../view/ended-run.ts';
import { jsonOption } from './answer.ts';
import { collect, instanceOption, number, yesOption, type Context } from './context.ts';
import { profileOption } from './profile-option.ts';
import { recordedOption, speedOption } from './recorded-options.ts';
import { stageArgument } from './stage-argument.ts';
import { COMMANDS } from './table.ts';

export interface RunOptions {
  readonly profile?: string;
  readonly set: string[];
  readonly quick: boolean;
  readonly seed?: number;
  readonly scale: number;
  readonly instance: number;
  readonly yes: boolean;
  readonly json: boolean;
  readonly events: boolean;
  readonly unbudgeted: boolean;
  readonly burners: boolean;
  readonly confirm: boolean;
  readonly dryRun: boolean;
  readonly recorded: boolean;
  readonly speed: number;
}

export function register(program: Command, context: Context): void {
  program
    .command('run')
    .description(COMMANDS.run.run.does)
    .addArgument(stageArgument('<stage>'))
    .addOption(profileOption('default: the one that reveals the stage’s limit'))
    .option('--set <tier.key=value>', 'change a setting for this run; may be repeated', collect, [])
    .option('--quick', `shorter steps: ${aboutWords(RUN_TAKES_S.quick)}, wider intervals`, false)
    .option('--seed <n>', 'seed of arrivals and of what users choose', number('seed', 0, 0xffff_ffff, true))
    .option('--scale <x>', 'multiply every load', number('scale', 0.01, 10, false), 1)
    .addOption(instanceOption())
    .addOption(yesOption())
    .addOption(jsonOption())
    .option('--events', 'print events as JSON lines first; implies --json', false)
    .option('--confirm', 'prove the limit: give it and the next one 30 % more, two short runs', false)
    .option('--dry-run', 'show hosts, minutes and what would be installed; run nothing', false)
    .option('--unbudgeted', 'run without CPU limits; no verdict is given', false)
    .addOption(recordedOption())
    .addOption(speedOption())
    .option('--no-burners', 'let the CPU clock drift instead of steadying it with idle loops')
    .addHelpText(
      'after',
      `
Examples:
  ./lab run ${EXAMPLE.first}                       one server, to its limit; ${aboutWords(RUN_TAKES_S.full)}
  ./lab run ${EXAMPLE.stage} --quick               ${aboutWords(RUN_TAKES_S.quick)}
  ./lab run ${EXAMPLE.stage} --set ${EXAMPLE.tier}.count=3     one more web server
  ./lab run ${EXAMPLE.stage} --set ${EXAMPLE.tier}.pool=1 --set ${EXAMPLE.database}.distance=10
  ./lab run ${EXAMPLE.stage} --confirm             and prove it, ${aboutWords(2 * SHORT_RUN_TAKES_S)} more
  ./lab run ${EXAMPLE.stage} --recorded            a run that came with the lab, on any machine
  ./lab run ${EXAMPLE.before} --profile smoke       a few arrivals, all answers checked
  ./lab run ${EXAMPLE.before} --profile ./mine.ts   users of your own (./lab profiles new)

What can be set: ./lab settings ${EXAMPLE.stage}. Load profiles: ./lab profiles.

Exit status: 0 a limit is named, or nothing ran out · 1 the lab failed
  2 wrong usage · 3 refused · 4 unexplained · 6 something is missing
  130 interrupted`,
    )
    .action(async (stage: number, options: RunOptions) => context.exit(await run(stage, options, context)));
}

export async function run(stageNumber: number, options: RunOptions, context: Context): Promise<number> {
  const { io } = context;
  const stage = stageByNumber(stageNumber);
  // Wrong settings are said before anything is started or installed.
  const topology = applySettings(stage.topology, options.set, declarations);
  const asked = options.profile === undefined ? null : await askedProfile(options.profile);
  const profile = profileFrom(asked ?? stage.profile);
  if (options.recorded) {
    const recorded = { kind: 'run', stage: stageNumber, set: options.set, quick: options.quick, profile: profile.name } as const;
    return runRecorded(recorded, options, context);
  }
  refuseK6Settings(context.environment);
  if (options.dryRun) {
    const takesS = runTakesS(profile, options.quick) + (options.confirm ? 2 * SHORT_RUN_TAKES_S : 0);
    await dryRun({ topology, profile: profile.name, takesS }, options.json, context);
    return 0;
  }
  const ran = await oneRun(
    {
      stage: stageNumber,
      profile: asked,
      set: options.set,
      quick: options.quick,
      seed: options.seed ?? null,
      scale: options.scale,
      unbudgeted: options.unbudgeted,
      burners: options.burners,
    },
    {
      instance: options.instance,
      yes: options.yes,
      keys: true,
      stays: true,
      onEvent: (event) => {
        if (options.events) io.out.write(`${JSON.stringify(event)}\n`);
      },
    },
    context,
  );
  if (ran.kind === 'interrupted') return ran.status;
  const { outcome } = ran;
  io.err.write(`${trustLine(outcome, io.err)}\n\n`);
  const proof = options.confirm && ran.interrupted === null ? await confirmRun(outcome.run, { ...options, stays: true }, context) : null;
  if (proof?.kind === 'interrupted') return proof.status;
  if (proof?.kind === 'impossible') io.err.write(`${io.err.marks.bad} the limit was not tested: ${proof.why}\n`);
  const confirmed = proof?.kind === 'proven' ? proof.confirmation : null;
  const store = createStore(LAB_FOLDER);
  if (confirmed !== null) store.confirm(outcome.run, confirmed);
  const { verdict } = outcome;
  const lines = confirmed === null ? outcome.lines : verdictLines(verdict, store.open(outcome.run).runData, confirmed);
  const { run: id, report } = outcome;
  const ended = { run: id, stage: stageNumber, profile: profile.name, verdict, lines, report, confirmed, page: ran.page };
  showEnded(ended, options.json || options.events, store, io);
  io.err.write(`next     ./lab console   shows this run and all others in a browser\n`);
  return ran.interrupted ?? exitOf(verdict);
}

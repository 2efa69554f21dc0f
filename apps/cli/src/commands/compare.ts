import { confidenceOf, LEAST_RUNS, type Comparison } from '@loadstair/analysis';
import { Problem, random, shuffled } from '@loadstair/kit';
import type { Command } from 'commander';
import { declarations } from '@loadstair/components/declarations';
import { askedProfile, parseSlo, profileFrom, refuseK6Settings } from '@loadstair/load';
import { searchTakesS } from '@loadstair/load/durations';
import {
  baselineStore,
  comparisonOf,
  createStore,
  differences,
  groupRuns,
  labelOf,
  renderComparison,
  writeComparison,
  type CompareOptions,
  type OpenedRun,
  type RunGroup,
} from '@loadstair/runs';
import { EXAMPLE, priceBy, readPrices, stageByNumber, stages } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { comparisonTable } from '@loadstair/terminal-view/comparison-view';
import { oneRun } from '../one-run.ts';
import { answer, jsonOption } from './answer.ts';
import { collect, instanceOption, number, yesOption, type Context } from './context.ts';
import { profileOption } from './profile-option.ts';
import { COMMANDS } from './table.ts';

interface Options {
  readonly profile: string;
  readonly slo?: string;
  readonly set: string[];
  readonly runs?: number;
  readonly seed: number;
  readonly baseline: boolean;
  readonly failOn?: string;
  readonly instance: number;
  readonly yes: boolean;
  readonly json: boolean;
}

const NOT_MET = 5;
const REFUSED = 3;
/** More stages than these tell the spread of runs well enough with two of each. */
const MANY = 4;
const RUNS = { few: 3, many: 2 } as const;

/** compare, baseline: several stages or runs side by side, by the same statistics. */
export function register(program: Command, context: Context): void {
  program
    .command('compare')
    .description(COMMANDS.compare.compare.does)
    .argument('<what...>', 'numbers of stages, or ids of runs')
    .addOption(profileOption('of every search').default('mixed'))
    .option('--slo <limits>', 'for example p95=250,errors=1%')
    .option('--set <tier.key=value>', 'change the last stage; may be repeated', collect, [])
    .option(
      '--runs <n>',
      `most searches of each stage (default: ${RUNS.few}, or ${RUNS.many} with more than ${MANY} stages)`,
      number('runs', 1, 50, true),
    )
    .option('--seed <n>', 'seed of the order of searches and of arrivals', number('seed', 0, 0xffff_ffff, true), 42)
    .option('--baseline', 'compare them with the baseline (./lab baseline)', false)
    .option('--fail-on <word>', 'worse: exit 5 when the last is worse than the first')
    .addOption(instanceOption())
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lab compare ${EXAMPLE.first} ${EXAMPLE.before} ${EXAMPLE.stage}                       the staircase, ${minutesOf(3, LEAST_RUNS)} to ${minutesOf(3, RUNS.few)} min
  ./lab compare ${stages.map((_, index) => index + 1).join(' ')}                 all stages, ${minutesOf(stages.length, RUNS.many)} min
  ./lab compare ${EXAMPLE.stage} ${EXAMPLE.stage} --set ${EXAMPLE.tier}.count=3       the same stage, changed
  ./lab compare ${EXAMPLE.before} ${EXAMPLE.before}                         the same twice: no difference
  ./lab compare k3f9 m2x7 q8d1              stored runs
  ./lab compare ${EXAMPLE.stage} --baseline --fail-on worse

Exit status: 0 done · 3 a variant has no capacity · 5 worse (--fail-on worse)`,
    )
    .action(async (what: string[], options: Options) => context.exit(await compare(what, options, context)));

  const baseline = program
    .command('baseline')
    .description(COMMANDS.compare.baseline.does)
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  ./lab baseline\n  ./lab baseline set k3f9 m2x7 q8d1')
    .action(({ json }: { json: boolean }) => {
      const runs = baselineStore(LAB_FOLDER).read();
      answer(context.io, json, { runs }, () => [`baseline  ${runs.join(' ')}`]);
    });
  baseline
    .command('set')
    .description('set runs as the baseline; three or more show their own spread')
    .argument('<run...>', 'ids of runs')
    .addOption(jsonOption())
    .addHelpText('after', `\nExamples:\n  ./lab baseline set k3f9 m2x7 q8d1\n  ./lab compare ${EXAMPLE.stage} --baseline --fail-on worse`)
    .action((ids: string[], _: object, self: Command) => {
      const { json } = self.optsWithGlobals<{ json: boolean }>();
      const store = createStore(LAB_FOLDER);
      const runs = ids.map((id) => store.open(id));
      needComparable(runs);
      const kept = runs.map((run) => run.id);
      baselineStore(LAB_FOLDER).write(kept);
      answer(context.io, json, { runs: kept }, () => [`baseline  ${kept.join(' ')}`]);
    });
}

async function compare(what: readonly string[], options: Options, context: Context): Promise<number> {
  const { io } = context;
  if (options.failOn !== undefined && options.failOn !== 'worse') {
    throw new Problem({
      what: `--fail-on ${options.failOn} is not known.`,
      why: 'it is worse or nothing',
      do: '--fail-on worse',
      code: 'E_FAIL_ON',
      exit: 2,
    });
  }
  const store = createStore(LAB_FOLDER);
  const areStages = what.every((one) => /^\d{1,2}$/.test(one) && Number(one) <= stages.length);
  const held = options.baseline
    ? baselineStore(LAB_FOLDER)
        .read()
        .map((id) => store.open(id))
    : [];
  if (what.length + (held.length > 0 ? 1 : 0) < 2) {
    throw new Problem({
      what: 'A comparison needs at least two stages or runs.',
      why: `only ${what.join(', ')} was given`,
      do: `./lab compare ${EXAMPLE.first} ${EXAMPLE.before}`,
      code: 'E_ONE_ARM',
      exit: 2,
    });
  }
  const searched = areStages
    ? await searchStages(what.map(Number), options, context)
    : { groups: groupRuns(what.map((id) => store.open(id))), confidence: undefined };
  if ('status' in searched) return searched.status;
  const groups = [...(held.length > 0 ? [{ label: 'baseline', runs: held }] : []), ...searched.groups];
  needComparable(groups.flatMap((group) => group.runs));
  const record = comparisonOf(groups, compareOptions(searched.confidence));
  const report = writeComparison(LAB_FOLDER, record, renderComparison(record));
  answer(io, options.json, { ...record, comparison: record.id, report }, () => [...comparisonTable(record, io.out), `report   ${report}`]);
  if (options.failOn === 'worse' && record.againstFirst.at(-1)?.word === 'worse') return NOT_MET;
  return record.arms.some((arm) => arm.estimate === null) ? REFUSED : 0;
}

function compareOptions(confidence: number | undefined): CompareOptions {
  return {
    pricing: priceBy(readPrices()),
    revealing: (stage) => stageByNumber(stage).profile,
    ...(confidence === undefined ? {} : { confidence }),
  };
}

/**
 * Searches of several stages, interleaved: every block holds each stage once, in a seeded order. They end early when every transition
 * is clear; the looks at them share the error (`confidenceOf`).
 */
async function searchStages(
  numbers: readonly number[],
  options: Options,
  context: Context,
): Promise<{ readonly groups: readonly RunGroup[]; readonly confidence: number } | { readonly status: number }> {
  const { io } = context;
  const profile = await askedProfile(options.profile);
  const { name, slo: ofProfile } = profileFrom(profile);
  const slo = options.slo === undefined ? null : parseSlo(options.slo, ofProfile);
  refuseK6Settings(context.environment);
  const plan = numbers.map((stage, index) => ({ stage, set: index === numbers.length - 1 ? options.set : [] }));
  for (const arm of plan) applySettings(stageByNumber(arm.stage).topology, arm.set, declarations);
  const runs = options.runs ?? (plan.length > MANY ? RUNS.many : RUNS.few);
  const all = plan.length * runs;
  // A baseline is looked at when all is there: before, its runs stand beside no others.
  const looksEarly = plan.length > 1 && !options.baseline;
  const confidence = confidenceOf(looksEarly ? runs : LEAST_RUNS);
  const fewest = plan.length * (looksEarly ? Math.min(runs, LEAST_RUNS) : runs);
  io.err.write(
    fewest === all
      ? `${all} searches of ${name}, about ${minutesOf(all)} min\n`
      : `${fewest} to ${all} searches of ${name}, about ${minutesOf(fewest)} to ${minutesOf(all)} min; the comparison ends when every difference is clear\n`,
  );
  const store = createStore(LAB_FOLDER);
  const found = plan.map((): OpenedRun[] => []);
  const next = random(options.seed);
  let done = 0;
  const groupsSoFar = (): RunGroup[] =>
    plan.map((arm, index) => ({ label: labelOf(stageByNumber(arm.stage).topology, arm.set), runs: found[index] ?? [] }));
  for (let block = 0; block < runs; block += 1) {
    for (const [index, arm] of shuffled([...plan.entries()], next)) {
      done += 1;
      io.err.write(
        `\n${io.err.marks.now} search ${done} of ${all}   stage ${arm.stage}${arm.set.map((set) => ` --set ${set}`).join('')}\n`,
      );
      const ran = await oneRun(
        { stage: arm.stage, profile, set: arm.set, seed: options.seed + block, search: true, slo },
        options,
        context,
      );
      if (ran.kind === 'interrupted') return { status: ran.status };
      if (ran.interrupted !== null) return { status: ran.interrupted };
      found[index]?.push(store.open(ran.outcome.run));
    }
    const looks = looksEarly && block + 1 >= LEAST_RUNS && block + 1 < runs;
    if (looks && comparisonOf(groupsSoFar(), compareOptions(confidence)).againstPrevious.every(isClear)) {
      io.err.write(`\n${io.err.marks.now} every difference is clear after ${block + 1} searches of each\n`);
      break;
    }
  }
  return { groups: groupsSoFar(), confidence };
}

/** About how many minutes so many searches take; of several stages, with so many searches of each. */
function minutesOf(stagesOrSearches: number, each = 1): number {
  return Math.round((stagesOrSearches * each * searchTakesS()) / 60);
}

function isClear({ word }: Pick<Comparison, 'word'>): boolean {
  return word !== 'inconclusive';
}

function needComparable(runs: readonly OpenedRun[]): void {
  const found = differences(runs);
  if (found.length === 0) return;
  throw new Problem({
    what: 'These runs cannot be compared.',
    why: `they differ in ${found.join('; ')}`,
    do: 'compare runs of one profile, SLO and machine',
    code: 'E_NOT_COMPARABLE',
    exit: 2,
  });
}

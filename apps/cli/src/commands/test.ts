import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { declarations } from '@loadstair/components/declarations';
import { experiments, labs, stages } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import { LAB_FOLDER, REPO_FOLDER } from '@loadstair/lab-api/folders';
import { sumOf, type Check, type Counted } from '@loadstair/checks/check';
import { experimentChecks } from '@loadstair/checks/experiment-checks';
import { keeping, keptResults } from '@loadstair/checks/kept-results';
import { jestCheck, nxTestCheck, programCheck, type Environment } from '@loadstair/checks/programs';
import { readRepository } from '@loadstair/checks/repository';
import { oneByOne, sideBySide, type CheckList } from '@loadstair/checks/run-checks';
import type { Stream } from '@loadstair/terminal-view/io';
import { onInterrupt } from '../interruption.ts';
import { needTools } from '../tools.ts';
import { answer, jsonOption } from './answer.ts';
import { yesOption, type Context } from './context.ts';
import { COMMANDS } from './table.ts';

interface TestOptions {
  readonly yes: boolean;
  readonly unit: boolean;
  readonly all: boolean;
  readonly json: boolean;
}

const NOT_MET = 5;
/**
 * Tests on a lab that hold whatever else the machine does, the longest first: they look at what is there, and judge no load.
 * Every other test of a program measures, and has the machine for itself.
 */
const BESIDE_OTHERS = [
  'console',
  'console-access',
  'console-live',
  'odd-machines',
  'static-site',
  'bad-inputs',
  'strangers',
  'nothing-left',
  'stays',
  'console-stored',
  'recorded-browser',
  'console-experiment',
  'stage-4',
  'stage-3',
  'stage-5',
  'stage-6',
  'instances',
  'labd',
  'no-linux',
  'live-heap',
  'stay',
  'open-page',
];
/** They wait for servers most of the time: three keep two cores busy, and one has room beside what computes all the time. */
const CORES_OF_A_LAB = 0.65;

/** Of the quick forms of experiments, beside what always runs: together they stay below 20 minutes on two cores. */
const EXPERIMENTS_WITHIN_S = 200;
/** Run to their end, with every expectation held, by another test: somebody takes the first lab (workshop.int.test.ts). */
const HELD_ELSEWHERE: readonly string[] = (labs[0]?.steps ?? []).flatMap(({ action }) =>
  action.kind === 'experiment' ? [action.experiment.name] : [],
);

/** test: everything that can be checked of the lab, with a count as the last line. */
export function register(program: Command, context: Context): void {
  program
    .command('test')
    .description(COMMANDS.test.test.does)
    .addOption(yesOption())
    .option('--unit', 'only what needs no server', false)
    .option('--all', 'the long ones too, some hours; continues where it stopped', false)
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  ./lab test --yes\n  ./lab test --unit\n  ./lab test --all')
    .action(async (options: TestOptions) => context.exit(await test(options, context)));
}

async function test({ yes, unit, all, json }: TestOptions, context: Context): Promise<number> {
  const { err } = context.io;
  const last = stages.at(-1);
  // A distance makes the list whole: it needs toxiproxy.
  if (!unit && last !== undefined) {
    const interruption = onInterrupt(context.io, 'Stopping the installation.');
    try {
      const tools = { yes, path: context.environment['PATH'] ?? '', interruption };
      // The console is tested in a real browser.
      const ready = await needTools(
        applySettings(last.topology, [`${last.topology.tiers[0]?.name}.distance=1`], declarations),
        context.io,
        tools,
        ['chromium'],
      );
      if (!ready) return interruption.status() ?? 1;
    } finally {
      interruption.end();
    }
  }
  const ending = new AbortController();
  const interruption = onInterrupt(context.io, 'Stopping: the checks that run are being ended.');
  interruption.stopWith(async () => ending.abort());
  try {
    const total = await runChecks({ unit, all }, err, ending.signal);
    const interrupted = interruption.status();
    if (interrupted !== null) return interrupted;
    answer(context.io, json, { passed: total.passed, failed: total.failed }, () => [`${total.passed} passed, ${total.failed} failed`]);
    return total.failed === 0 ? 0 : NOT_MET;
  } finally {
    interruption.end();
  }
}

async function runChecks({ unit, all }: Pick<TestOptions, 'unit' | 'all'>, err: Stream, signal: AbortSignal): Promise<Counted> {
  // The tests themselves leave out what takes long unless this is set.
  const environment: Environment = all ? { LOADSTAIR_TEST_ALL: '1' } : {};
  const [longest, ...onLabs] = unit ? [] : testsOnLabs(environment);
  // What takes long begins early, and beside it what computes all the time.
  const computing = [staticChecks(), [unitTests()]].map((checks): CheckList => ({ checks, cores: 1 }));
  const lists = [...(longest === undefined ? [] : [longest]), ...computing, ...onLabs];
  const repository = readRepository(REPO_FOLDER);
  const kept = keptResults(join(LAB_FOLDER, 'tests.json'));
  // Only with --all: what passed with the same files is not run again.
  const again = (check: Check): Check => (all && repository !== null ? keeping(check, kept, repository) : check);
  const beside = await sideBySide(
    lists.map((list) => ({ ...list, checks: list.checks.map(again) })),
    availableParallelism(),
    err,
    signal,
  );
  if (unit || signal.aborted) return beside;
  const { check, says } = experimentChecks({
    experiments: experiments().filter(({ name }) => !HELD_ELSEWHERE.includes(name)),
    withinS: all ? null : EXPERIMENTS_WITHIN_S,
    folder: REPO_FOLDER,
    repository,
    kept,
    run: (told) => jestCheck('experiments', ['--runInBand', '--testPathPatterns', appTests('experiments')], { ...environment, ...told }),
  });
  err.write(`${says}\n`);
  const inContainer = all ? [again(containerCheck())] : [];
  const alone = [...measuringTests(environment).map(again), ...inContainer, ...(check === null ? [] : [check])];
  return sumOf([beside, await oneByOne(alone, err, signal)]);
}

function staticChecks(): Check[] {
  const bin = (name: string): string => join(REPO_FOLDER, 'node_modules', '.bin', name);
  return [
    programCheck('format', bin('prettier'), ['--check', '--log-level=warn', '--cache', '--cache-strategy=content', '.']),
    programCheck('types', bin('tsc'), ['--build', '--pretty', 'false']),
    programCheck('types of load profiles', bin('tsc'), ['-p', 'loadprofiles/tsconfig.k6.json', '--pretty', 'false']),
    // Also makes the project graph that the lint rule on module boundaries reads.
    programCheck('workspace', bin('nx'), ['sync:check'], { NX_DAEMON: 'false' }),
    programCheck('lint', bin('eslint'), ['--max-warnings=0', '.'], { NX_DAEMON: 'false' }),
  ];
}

function unitTests(): Check {
  return nxTestCheck('unit tests', 1);
}

/** Lists of one each: no two use the same instance. */
function testsOnLabs(environment: Environment): CheckList[] {
  const ofLabs = BESIDE_OTHERS.map((name) =>
    jestCheck(`tests on a lab: ${name}`, ['--runInBand', ...PATIENT, '--testPathPatterns', appTests(name)], environment),
  );
  const ofLibraries = jestCheck('tests on single servers', [...PATIENT, '--testPathPatterns', String.raw`(libs|tools)/.*\.int\.test\.ts$`]);
  return [...ofLabs, ofLibraries].map((check) => ({ checks: [check], cores: CORES_OF_A_LAB }));
}

/** The image is built, the lab started in a container, and a stage run there (tools/try-compose). */
function containerCheck(): Check {
  return programCheck('the lab in a container', '--conditions=@loadstair/source', [
    join(REPO_FOLDER, 'tools', 'try-compose', 'src', 'main.ts'),
  ]);
}

/** Each has the machine for itself, one after the other. */
function measuringTests(environment: Environment): Check[] {
  const found = globSync('apps/*/src/**/*.int.test.ts', { cwd: REPO_FOLDER, exclude: (path) => path === 'node_modules' }).toSorted();
  const alone = found.filter((path) => ![...BESIDE_OTHERS, 'experiments'].some((name) => path.endsWith(`/${name}.int.test.ts`)));
  return alone.map((path) => jestCheck(`tests that measure: ${basename(path, '.int.test.ts')}`, ['--runInBand', path], environment));
}

/** What runs beside others takes longer than Jest's 5 s allow for. */
const PATIENT = ['--testTimeout=30000'];
const appTests = (name: string): string => String.raw`apps/.*/${name}\.int\.test\.ts$`;

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { stages } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import { sumOf, type Check } from '../checks/check.ts';
import { jestCheck, programCheck, type Environment } from '../checks/programs.ts';
import { oneByOne, sideBySide, type CheckList } from '../checks/run-checks.ts';
import { onInterrupt } from '../interruption.ts';
import { needTools } from '../tools.ts';
import type { Context } from './context.ts';

interface TestOptions {
  readonly yes: boolean;
  readonly unit: boolean;
  readonly all: boolean;
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
  'bad-inputs',
  'strangers',
  'nothing-left',
  'stage-4',
  'stage-3',
  'stage-5',
  'stage-6',
  'instances',
  'labd',
  'live-heap',
  'open-page',
];
/** They wait for servers most of the time: three keep two cores busy, and one has room beside what computes all the time. */
const CORES_OF_A_LAB = 0.65;

/** test: everything that can be checked of the lab, with a count as the last line. */
export function register(program: Command, context: Context): void {
  program
    .command('test')
    .description('run the project’s own checks and tests')
    .option('--yes', 'install what is missing without asking', false)
    .option('--unit', 'only what needs no server', false)
    .option('--all', 'the long ones too: some hours', false)
    .addHelpText('after', '\nExamples:\n  ./lab test --yes\n  ./lab test --unit\n  ./lab test --all')
    .action(async (options: TestOptions) => context.exit(await test(options, context)));
}

async function test({ yes, unit, all }: TestOptions, context: Context): Promise<number> {
  const { err, out } = context.io;
  const last = stages.at(-1);
  // A distance makes the list whole: it needs toxiproxy.
  if (!unit && last !== undefined) {
    const interruption = onInterrupt(context.io, 'Stopping: what is being installed comes to its end.');
    try {
      const tools = { yes, path: context.environment['PATH'] ?? '', interruption };
      // The console is tested in a real browser.
      const ready = await needTools(applySettings(last.topology, ['db.distance=1']), context.io, tools, ['chromium']);
      if (!ready) return interruption.status() ?? 1;
    } finally {
      interruption.end();
    }
  }
  // The tests themselves leave out what takes long unless this is set.
  const environment: Environment = all ? { LOADSTAIR_TEST_ALL: '1' } : {};
  const [longest, ...onLabs] = unit ? [] : testsOnLabs(environment);
  // What takes long begins early, and beside it what computes all the time.
  const computing = [staticChecks(), [unitTests()]].map((checks): CheckList => ({ checks, cores: 1 }));
  const lists = [...(longest === undefined ? [] : [longest]), ...computing, ...onLabs];
  const beside = await sideBySide(lists, availableParallelism(), err);
  const total = sumOf([beside, await oneByOne(unit ? [] : [measuringTests(environment)], err)]);
  out.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : NOT_MET;
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
  return jestCheck('unit tests', [...PATIENT, '--testPathIgnorePatterns', String.raw`\.int\.test\.ts$`, ...NEVER]);
}

/** Lists of one each: no two use the same instance. */
function testsOnLabs(environment: Environment): CheckList[] {
  const ofLabs = BESIDE_OTHERS.map((name) =>
    jestCheck(`tests on a lab: ${name}`, ['--runInBand', ...PATIENT, '--testPathPatterns', appTests(name)], environment),
  );
  const ofLibraries = jestCheck('tests on single servers', [...PATIENT, '--testPathPatterns', String.raw`libs/.*\.int\.test\.ts$`]);
  return [...ofLabs, ofLibraries].map((check) => ({ checks: [check], cores: CORES_OF_A_LAB }));
}

function measuringTests(environment: Environment): Check {
  const elsewhere = BESIDE_OTHERS.map(appTests);
  const args = [
    '--runInBand',
    '--testPathPatterns',
    String.raw`apps/.*\.int\.test\.ts$`,
    '--testPathIgnorePatterns',
    ...elsewhere,
    ...NEVER,
  ];
  return jestCheck('tests that measure', args, environment);
}

/** What runs beside others takes longer than Jest's 5 s allow for. */
const PATIENT = ['--testTimeout=30000'];
const NEVER = ['/node_modules/', '/dist/'];
const appTests = (name: string): string => String.raw`apps/.*/${name}\.int\.test\.ts$`;

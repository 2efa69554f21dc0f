import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { stages } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import { REPO_FOLDER } from '../labd-client.ts';
import { needTools } from '../tools.ts';
import type { Context } from './context.ts';

interface Counted {
  readonly passed: number;
  readonly failed: number;
}

interface TestOptions {
  readonly yes: boolean;
  readonly unit: boolean;
  readonly all: boolean;
}

const NOT_MET = 5;

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

async function test(options: TestOptions, context: Context): Promise<number> {
  const last = stages.at(-1);
  // A distance makes the list whole: it needs toxiproxy.
  if (!options.unit && last !== undefined)
    await needTools(
      applySettings(last.topology, ['db.distance=1']),
      context.io,
      { yes: options.yes, path: context.environment['PATH'] ?? '' },
      // The console is tested in a real browser.
      ['chromium'],
    );
  const bin = join(REPO_FOLDER, 'node_modules', '.bin');
  const total = { passed: 0, failed: 0 };
  const add = (counted: Counted): void => {
    total.passed += counted.passed;
    total.failed += counted.failed;
  };
  const checks: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
    ['format', join(bin, 'prettier'), ['--check', '--log-level=warn', '.']],
    ['types', join(bin, 'tsc'), ['--build', '--pretty', 'false']],
    ['types of load profiles', join(bin, 'tsc'), ['-p', 'loadprofiles/tsconfig.k6.json', '--pretty', 'false']],
    // Also makes the project graph that the lint rule on module boundaries reads.
    ['workspace', join(bin, 'nx'), ['sync:check']],
    ['lint', join(bin, 'eslint'), ['--max-warnings=0', '.']],
  ];
  for (const [name, command, args] of checks) {
    context.io.err.write(`▸ ${name}\n`);
    const code = await runShown(process.execPath, [command, ...args], { NX_DAEMON: 'false' });
    add({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });
    if (code !== 0) context.io.err.write(`${context.io.err.marks.bad} ${name}\n`);
  }
  context.io.err.write('▸ unit tests\n');
  add(await jest(['--testPathIgnorePatterns', '\\.int\\.test\\.ts$', '/node_modules/', '/dist/'], context));
  if (!options.unit) {
    context.io.err.write('▸ tests on real components\n');
    // The tests themselves leave out what takes long unless this is set.
    const environment: Record<string, string> = options.all ? { LOADSTAIR_TEST_ALL: '1' } : {};
    // Those of libraries use a server each and measure nothing; those of programs measure, and want the machine alone.
    add(await jest(['--testPathPatterns', 'libs/.*\\.int\\.test\\.ts$'], context, environment));
    add(await jest(['--runInBand', '--testPathPatterns', 'apps/.*\\.int\\.test\\.ts$'], context, environment));
  }
  context.io.out.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : NOT_MET;
}

/** Runs Jest and counts from its own result file, so that no line of output can be mistaken for a result. */
async function jest(args: readonly string[], context: Context, environment: Readonly<Record<string, string>> = {}): Promise<Counted> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-test-'));
  const file = join(folder, 'result.json');
  try {
    const code = await runShown(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--conditions=@loadstair/source',
        '--disable-warning=ExperimentalWarning',
        join(REPO_FOLDER, 'node_modules', 'jest', 'bin', 'jest.js'),
        '--json',
        `--outputFile=${file}`,
        ...args,
      ],
      { CI: 'true', ...environment },
    );
    const result = JSON.parse(readFileSync(file, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numRuntimeErrorTestSuites: number;
    };
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    // Jest may fail for a reason no test counts, such as an error after the last one.
    return { passed: result.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
  } catch (error) {
    context.io.err.write(`Jest gave no result: ${(error as Error).message}\n`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a program; what it prints goes to stderr, so that stdout keeps the count alone. */
function runShown(command: string, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<number> {
  const child = spawn(command, [...args], {
    cwd: REPO_FOLDER,
    stdio: ['ignore', process.stderr, process.stderr],
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

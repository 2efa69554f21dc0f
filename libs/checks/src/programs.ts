import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess } from '@loadstair/kit/node';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import type { Check, Counted } from './check.ts';

/** Variables of the environment that a program gets beside ours. */
export type Environment = Readonly<Record<string, string>>;

/** A program of Node that says by its exit status whether all is well. */
export function programCheck(name: string, file: string, args: readonly string[], environment: Environment = {}): Check {
  return {
    name,
    async run(show, signal) {
      const status = await runNode([file, ...args], environment, show, signal);
      return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  };
}

/** Where Nx keeps the results of a project's tests, also of tests it did not need to run again (tools/nx/jest-targets.mjs). */
const RESULTS = join(REPO_FOLDER, '.lab', 'test-results');

/** Tests of every project that need no server, by Nx: what has not changed since it passed is counted and not run again. */
export function nxTestCheck(name: string, processes: number): Check {
  return {
    name,
    async run(show, signal) {
      rmSync(RESULTS, { recursive: true, force: true });
      const nx = join(REPO_FOLDER, 'node_modules', '.bin', 'nx');
      const args = ['run-many', '-t', 'test', `--parallel=${processes}`, '--outputStyle=static'];
      const status = await runNode([nx, ...args], { CI: 'true', NX_DAEMON: 'false' }, show, signal);
      const files = existsSync(RESULTS) ? readdirSync(RESULTS) : [];
      return countedOf(
        files.map((file) => resultIn(join(RESULTS, file))),
        status,
      );
    },
  };
}

/** What Jest counts in its result file. */
interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

function resultIn(file: string): JestResult {
  return JSON.parse(readFileSync(file, 'utf8')) as JestResult;
}

/** Jest may fail for a reason no test counts, such as an error after the last one. */
function countedOf(results: readonly JestResult[], status: number): Counted {
  const sum = (count: (result: JestResult) => number): number => results.reduce((total, result) => total + count(result), 0);
  const failed = sum(({ numFailedTests, numRuntimeErrorTestSuites }) => numFailedTests + numRuntimeErrorTestSuites);
  return { passed: sum(({ numPassedTests }) => numPassedTests), failed: status !== 0 && failed === 0 ? 1 : failed };
}

/** Jest with some tests, counted from its own result file, so that no line of output can be mistaken for a result. */
export function jestCheck(name: string, args: readonly string[], environment: Environment = {}): Check {
  return {
    name,
    async run(show, signal) {
      const folder = mkdtempSync(join(tmpdir(), 'lab-test-'));
      const file = join(folder, 'result.json');
      try {
        const jest = join(REPO_FOLDER, 'node_modules', 'jest', 'bin', 'jest.js');
        const status = await runNode(
          [
            '--experimental-vm-modules',
            '--conditions=@loadstair/source',
            '--disable-warning=ExperimentalWarning',
            jest,
            '--json',
            `--outputFile=${file}`,
            ...args,
          ],
          { CI: 'true', ...environment },
          show,
          signal,
        );
        return countedOf([resultIn(file)], status);
      } catch (error) {
        throw new Error(`Jest gave no result: ${(error as Error).message}`, { cause: error });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** For the programs of a check to end in good order. */
const GRACE_MS = 10_000;

/**
 * Runs Node in the repository's folder, with a process group of its own: a test runner starts others, and `signal` ends all of them.
 *
 * @returns its exit status; 1 when a signal ended it
 */
async function runNode(
  args: readonly string[],
  environment: Environment,
  show: (text: string) => void,
  signal: AbortSignal,
): Promise<number> {
  signal.throwIfAborted();
  const child = startProcess(process.execPath, args, {
    cwd: REPO_FOLDER,
    output: 'pipe',
    env: { ...process.env, ...environment },
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', show);
  let killer: NodeJS.Timeout | undefined;
  const end = (): void => {
    child.signal('SIGINT', 'group');
    killer = setTimeout(() => child.signal('SIGKILL', 'group'), GRACE_MS);
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    const { code, failed } = await child.closed;
    if (failed !== null) throw failed;
    return code ?? 1;
  } finally {
    signal.removeEventListener('abort', end);
    clearTimeout(killer);
  }
}

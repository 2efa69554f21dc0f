import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess } from '@loadstair/kit/node';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import type { Check } from './check.ts';

/** Variables of the environment that a program gets beside ours. */
export type Environment = Readonly<Record<string, string>>;

/** A program of Node that says by its exit status whether all is well. */
export function programCheck(name: string, file: string, args: readonly string[], environment: Environment = {}): Check {
  return {
    name,
    async run(show) {
      const status = await runNode([file, ...args], environment, show);
      return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  };
}

/** Jest with some tests, counted from its own result file, so that no line of output can be mistaken for a result. */
export function jestCheck(name: string, args: readonly string[], environment: Environment = {}): Check {
  return {
    name,
    async run(show) {
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
        );
        const result = JSON.parse(readFileSync(file, 'utf8')) as {
          numPassedTests: number;
          numFailedTests: number;
          numRuntimeErrorTestSuites: number;
        };
        const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
        // Jest may fail for a reason no test counts, such as an error after the last one.
        return { passed: result.numPassedTests, failed: status !== 0 && failed === 0 ? 1 : failed };
      } catch (error) {
        throw new Error(`Jest gave no result: ${(error as Error).message}`, { cause: error });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/**
 * Runs Node in the repository's folder.
 *
 * @returns its exit status; 1 when a signal ended it
 */
async function runNode(args: readonly string[], environment: Environment, show: (text: string) => void): Promise<number> {
  const child = startProcess(process.execPath, args, { cwd: REPO_FOLDER, output: 'pipe', env: { ...process.env, ...environment } });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', show);
  const { code, failed } = await child.closed;
  if (failed !== null) throw failed;
  return code ?? 1;
}

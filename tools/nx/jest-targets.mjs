import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const PROJECTS = '{apps/*,libs/*,tools/*,dashboards,loadprofiles}/package.json';
const JEST =
  'node --experimental-vm-modules --conditions=@loadstair/source --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js';
/** Where each project's results are kept, as Jest writes them. */
const RESULTS = '.lab/test-results';

/** What a test may depend on: its project, what that is made of, and how tests are run. Tests of programs and tools look at the whole repository. */
function inputsOf(root) {
  const own = /^(apps|tools)\//.test(root) ? ['{workspaceRoot}/**/*'] : ['default', '^default'];
  return [...own, '{workspaceRoot}/jest.config.mjs', '{workspaceRoot}/package-lock.json', '{workspaceRoot}/tools/nx/**/*'];
}

function targetsOf(root) {
  const tests = globSync(`${root}/**/*.test.{ts,tsx}`, { exclude: (path) => ['node_modules', 'dist'].includes(basename(path)) });
  const onServers = tests.filter((path) => path.endsWith('.int.test.ts'));
  const results = `${RESULTS}/${basename(root)}.json`;
  return {
    ...(tests.length > onServers.length && {
      test: {
        executor: 'nx:run-commands',
        cache: true,
        inputs: inputsOf(root),
        outputs: [`{workspaceRoot}/${results}`],
        options: {
          command: `mkdir -p ${RESULTS} && ${JEST} --testTimeout=30000 --json --outputFile=${results} --testPathPatterns '^.*/${root}/' --testPathIgnorePatterns '\\.int\\.test\\.ts$' /dist/ /node_modules/`,
        },
        metadata: { description: 'Tests that need no server' },
      },
    }),
    ...(onServers.length > 0 && {
      // It starts servers and measures: one at a time, and never from a cache.
      'int-test': {
        executor: 'nx:run-commands',
        cache: false,
        parallelism: false,
        inputs: inputsOf(root),
        options: { command: `${JEST} --runInBand --testPathPatterns '^.*/${root}/.*\\.int\\.test\\.ts$'` },
        metadata: { description: 'Tests on real servers' },
      },
    }),
  };
}

/** Nx plugin: each project with tests has `test` and `int-test`, as in `npx nx test analysis` and `npx nx affected -t test`. */
export const createNodesV2 = [
  PROJECTS,
  (files, _options, { workspaceRoot }) =>
    files
      .filter((file) => existsSync(join(workspaceRoot, dirname(file), 'tsconfig.json')))
      .map((file) => [file, { projects: { [dirname(file)]: { root: dirname(file), targets: targetsOf(dirname(file)) } } }]),
];

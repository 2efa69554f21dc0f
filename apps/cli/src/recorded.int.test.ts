import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import { askedBy, NotRecorded, openRecorded, readSets, type RecordedRuns } from '@loadstair/recorded';
import { settingsIn, type LabStep } from '@loadstair/labs';
import { takeWhole, type Predictions } from './testing/lab-taker.ts';
import { oddCheckout, type OddCheckout } from './testing/odd-checkout.ts';
import type { RecordedConsole } from './testing/recorded-console.ts';
import { labOf, TAKEN_LABS } from './testing/taken-labs.ts';
import { startInTerminal } from './testing/terminal.ts';
import { terminalTaker } from './testing/terminal-taker.ts';

/** A user without any right, who owns the checkout. */
const USER = '65534';
/** No sudo, no other address than loopback, and a HOME that is not there. */
const AS_STRANGER = [
  ...['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'],
  ...['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups', '--no-new-privs'],
];
const HOME = '/nonexistent';
/** Stages whose run to the limit was recorded. */
const CLIMBS = readSets(REPO_FOLDER).flatMap(({ stage, runs }) =>
  runs.some(({ command }) => command === `./lab run ${stage} --quick`) ? [stage] : [],
);
const START_MS = 120_000;
/** A quick run takes two minutes; so does the slowest of them at ×20. */
const RUN_MS = 30_000;
const LAB_MS = 15 * 60_000;
/** A minute each. */
const testAll = process.env['LOADSTAIR_TEST_ALL'] === '1';

let odd: OddCheckout;
let recorded: RecordedRuns;

beforeAll(async () => {
  odd = oddCheckout("anna's lab");
  chmodSync(dirname(odd.folder), 0o755);
  execFileSync('sh', ['-c', 'cksum <package-lock.json >.lab/npm-ci.stamp'], { cwd: odd.folder });
  execFileSync('chown', ['-R', `${USER}:${USER}`, odd.folder + '/.lab', odd.folder + '/apps/console']);
  recorded = await openRecorded({ repoFolder: REPO_FOLDER, labFolder: join(odd.folder, '.lab') });
  execFileSync('chown', ['-R', `${USER}:${USER}`, odd.folder + '/.lab']);
}, START_MS);
afterAll(() => odd.remove());

/** A program as that user in that checkout. */
function asStranger(...command: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const [program = '', ...words] = [...AS_STRANGER, ...command];
  return spawnSync(program, words, {
    cwd: odd.folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME, LANG: 'C.UTF-8' },
    timeout: LAB_MS,
  });
}

describe('somebody with nothing but a checkout', () => {
  it(
    'opens the recorded console within three seconds, and reads every run',
    () => {
      const program = join(REPO_FOLDER, 'apps/cli/src/testing/recorded-console.ts');
      // The first start of a checkout compiles what later ones find compiled.
      asStranger(process.execPath, program);
      const { stdout, stderr } = asStranger(process.execPath, program);
      const found = JSON.parse(stdout === '' ? `{"said": ${JSON.stringify(stderr)}}` : stdout) as RecordedConsole;
      expect(found).toMatchObject({ says: recorded.says, runs: recorded.store.list().length, failed: [], status: 0 });
      expect(found.firstPageMs).toBeLessThan(3000);
    },
    START_MS,
  );

  it.each(CLIMBS)(
    'sees a run of stage %i go, to a verdict',
    (stage) => {
      const { status, stdout, stderr } = asStranger('./lab', 'run', String(stage), '--recorded', '--quick', '--speed', '20');
      expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('Recorded on ') });
      expect(stdout).toMatch(/limits this run at [\d.]+ arrivals\/s|and more: nothing ran out/);
      expect(stdout).toMatch(/report {3}.+\/report\.html/);
    },
    START_MS,
  );

  it('is told in one sentence what was not recorded', () => {
    const { status, stderr } = asStranger('./lab', 'run', '1', '--recorded', '--set', 'server.cpu=3');
    expect({ status, stderr }).toEqual({
      status: 6,
      stderr: expect.stringContaining('This change was not recorded, and nothing can be run here.'),
    });
  });

  it.each(TAKEN_LABS.filter(({ stage }) => testAll || stage === 2))(
    'takes lab $stage, sometimes right and sometimes wrong',
    async ({ stage, known, predictions }) => {
      const args = ['workshop', String(stage), '--recorded', '--quick', '--speed', '20', '--learner', `anna ${stage}`];
      const terminal = startInTerminal(args, process.env['PATH'], 0, { checkout: odd.folder, under: AS_STRANGER, home: HOME });
      try {
        const runsFolder = join(odd.folder, '.lab', 'recorded', 'runs');
        const skips = (step: LabStep): boolean => !isRecorded(step, predictions);
        await takeWhole(labOf(stage), terminalTaker(terminal, RUN_MS), { known, predictions, runsFolder, skips });
        await terminal.until(new RegExp(`✓ Lab ${stage} is done\\.`), RUN_MS);
        expect((await terminal.ended).status).toBe(0);
        expect(
          terminal
            .shown()
            .split('\n')
            .filter((line) => [...line].length > 80),
        ).toEqual([]);
      } finally {
        terminal.close();
      }
    },
    LAB_MS,
  );
});

/** Whether a run of what the step runs, or of what is changed in it, came with the lab. */
function isRecorded({ id, action }: LabStep, predictions: Predictions): boolean {
  if (action.kind === 'look') return true;
  if (action.kind === 'fix' && predictions[id] === undefined) return false;
  try {
    recorded.find(
      action.kind === 'fix'
        ? { kind: 'run', stage: action.stage, set: settingsIn(predictions[id]?.said['change'] ?? ''), quick: true }
        : askedBy(action, true),
    );
    return true;
  } catch (error) {
    if (error instanceof NotRecorded) return false;
    throw error;
  }
}

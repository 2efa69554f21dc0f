import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { lab, LAB_FOLDER, labOk } from './testing/lab-command.ts';
import { leftoversOf } from './testing/leftovers.ts';
import { limitAnswers, outcomeAnswers } from './testing/read-run.ts';
import { answer, judgedIn } from './testing/terminal-taker.ts';
import { startInTerminal, type Terminal } from './testing/terminal.ts';

const INSTANCE = 33;
const LEARNER = `test ${process.pid}`;
/** The step that climbs to the limit takes four minutes, and a quick climb of stage 1 may be too short to judge. */
const ALL = process.env['LOADSTAIR_TEST_ALL'] === '1';
const QUESTION_MS = 15_000;
const RUN_MS = ALL ? 330_000 : 120_000;
const runs: string[] = [];
const terminals: Terminal[] = [];
const collected = mkdtempSync(join(tmpdir(), 'loadstair-class-'));

afterAll(async () => {
  // One that a failed test left waiting.
  for (const terminal of terminals) terminal.close();
  await lab(['down', '--instance', String(INSTANCE)]);
  for (const run of runs) rmSync(join(LAB_FOLDER, 'runs', run), { recursive: true, force: true });
  rmSync(join(LAB_FOLDER, 'labs', LEARNER), { recursive: true, force: true });
  rmSync(collected, { recursive: true, force: true });
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, 60_000);

function take(stage: number): Terminal {
  const form = ALL ? [] : ['--quick'];
  const terminal = startInTerminal(['workshop', String(stage), ...form, '--learner', LEARNER, '--instance', String(INSTANCE), '--yes']);
  terminals.push(terminal);
  return terminal;
}

/** Waits for the run that was locked, and keeps its name for the end. */
async function judged(terminal: Terminal): Promise<{ readonly run: string; readonly shown: string }> {
  const ran = await judgedIn(terminal, RUN_MS);
  runs.push(ran.run);
  return ran;
}

/** The step that climbs to the limit, with one prediction wrong and one very wide. */
async function takeLimit(terminal: Terminal): Promise<void> {
  await answer(terminal, /What runs out first on server-1\?/, 'memory');
  await answer(terminal, /Between which loads/, '5-500');
  await answer(terminal, /Why\?/, 'two programs in 512 MiB');
  await answer(terminal, /Sure\?/, 'guess');
  const { run, shown } = await judged(terminal);
  expect(shown).toMatch(/▲ server-1 CPU limits this run at/);
  expect(shown).toMatch(/✗ What runs out: you said memory\. Measured: server-1 CPU at .+ busy in step/);
  expect(shown).toMatch(/✓ At which load: you said 5–500\/s\. Measured: .+ Inside, 495\/s wide\./);
  const { held, busy } = limitAnswers(run);
  await answer(terminal, /What ran out\?/, 'cpu');
  await answer(terminal, /highest load that held/, held ?? '');
  await answer(terminal, /How busy was it/, String(Number(busy) > 50 ? Number(busy) - 20 : Number(busy) + 20));
  await answer(terminal, /h: hint 1 of 3/, 'h');
  await terminal.until(new RegExp(`/runs/${run}\\?step=\\d+#runs-out`), QUESTION_MS);
  await answer(terminal, /h: hint 2 of 3/, 'r');
  await answer(terminal, /How busy was it/, busy ?? '');
  await answer(terminal, /If you moved one of the two programs/, 'the database');
}

describe('lab 1, taken in a terminal', () => {
  it(
    'is done from start to end, with a wrong prediction, hints, and a break in between',
    async () => {
      const first = take(1);
      await answer(first, /How many hosts serve the site\?/, '2');
      await first.until(/✗ Hosts: you said 2\. The table says 1\./, QUESTION_MS);
      await answer(first, /h: hint 1 of 3/, 'h');
      await first.until(/hint 1 of 3 {2}Look at/, QUESTION_MS);
      await answer(first, /h: hint 2 of 3/, 'q');
      expect((await first.ended).status).toBe(0);

      const terminal = take(1);
      await answer(terminal, /h: hint 2 of 3/, 'r');
      await answer(terminal, /How many hosts serve the site\?/, '1');
      await answer(terminal, /How many programs share the one host\?/, '2');

      await answer(terminal, /Which share of the used CPU/, '90-95');
      await answer(terminal, /Why\?/, 'joins');
      await answer(terminal, /Sure\?/, '3');
      await terminal.until(/Locked, [0-9a-f]{12}\./, QUESTION_MS);
      const { run, shown } = await judged(terminal);
      expect(shown).toContain('2 of 2 expectations hold.');
      expect(shown).toMatch(
        /✗ CPU share of the database: you said 90–95 %\. Measured: \d+ %\. It was less\. See the outcome: .+ of CPU a second/,
      );
      const share = Number(outcomeAnswers(run)['web']);
      await answer(terminal, /Which share went to the web/, String(share > 50 ? share - 20 : share + 20));
      await terminal.until(/✗ CPU share of the web/, QUESTION_MS);
      await answer(terminal, /h: hint 1 of 3/, 'h');
      await terminal.until(new RegExp(`/runs/${run}\\?step=1#outcome`), QUESTION_MS);
      await answer(terminal, /h: hint 2 of 3/, 'r');
      await answer(terminal, /Which share went to the web/, String(share));
      await terminal.until(/✓ CPU share of the web/, QUESTION_MS);
      await answer(terminal, /What would have to change/, 'more writes');

      if (ALL) await takeLimit(terminal);
      else await answer(terminal, /What runs out first on server-1\?/, 's');
      await terminal.until(/✓ Lab 1 is done\.\nnext {3}\.\/lab workshop 2/, QUESTION_MS);
      expect((await terminal.ended).status).toBe(0);
      const wide = terminal
        .shown()
        .split('\n')
        .filter((text) => [...text].length > 80);
      expect(wide).toEqual([]);
    },
    (ALL ? 4 : 2) * RUN_MS + 60_000,
  );

  it('shows in the list, in the learner’s report, and in the teacher’s table', async () => {
    const who = ['--learner', LEARNER];
    expect(await labOk('workshop', ...who)).toMatch(/^ 1 {2}Single server +done$/m);
    const file = join(collected, 'one.lablog.json');
    expect((await labOk('workshop', '--report', file, ...who)).trim()).toBe(file);
    const table = await labOk('workshop', '--class', collected);
    expect(table).toMatch(new RegExp(`^${LEARNER} +hint 1 +hint 1 +${ALL ? 'hint 1' : 'skipped'}$`, 'm'));
    expect(table).toMatch(/step 2 .+ most often said and not so: 90–95 %/);
  });

  it('asks nothing of a script, and names the answer it needs', async () => {
    const { status, stderr } = await lab(['workshop', '2', '--learner', LEARNER]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('./lab workshop 2 --answer hosts=…') });
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seriousOn, sidewaysOf } from '@loadstair/dashboard-view/testing';
import { startBrowser } from '@loadstair/runtime/testing';
import { labs } from '@loadstair/stages';
import type { Browser, Page } from 'playwright-core';
import { leftoversOf } from '@loadstair/verify';
import { browserTaker } from './testing/browser-taker.ts';
import { consoleAddress, picture, startConsole } from './testing/console-page.ts';
import { lab, LAB_FOLDER, labOk, type RunningCommand } from './testing/lab-command.ts';
import { takeWhole } from './testing/lab-taker.ts';
import { limitAnswers, outcomeAnswers } from './testing/read-run.ts';
import { answer, judgedIn } from './testing/terminal-taker.ts';
import { startInTerminal, type Terminal } from './testing/terminal.ts';
import { words } from './testing/words.ts';

/** Both take the lab on one site, which is up and warm for the second. */
const INSTANCE = 33;
const ADDRESS = consoleAddress(INSTANCE);
const IN_TERMINAL = `terminal ${process.pid}`;
const IN_CONSOLE = `console ${process.pid}`;
/** The step that climbs to the limit takes four minutes, and a quick climb of stage 1 may be too short to judge. */
const ALL = process.env['LOADSTAIR_TEST_ALL'] === '1';
const QUESTION_MS = 15_000;
const RUN_MS = ALL ? 330_000 : 120_000;
const UP_MS = 60_000;
const [lab1] = labs;
const runs: string[] = [];
const terminals: Terminal[] = [];
const inTerminal = mkdtempSync(join(tmpdir(), 'loadstair-class-'));
let labd: RunningCommand;
let printed: string;

beforeAll(async () => {
  ({ labd, printed } = await startConsole(INSTANCE));
  await labOk('up', '1', '--instance', String(INSTANCE));
}, UP_MS);

afterAll(async () => {
  // One that a failed test left waiting.
  for (const terminal of terminals) terminal.close();
  await lab(['down', '--instance', String(INSTANCE)]);
  await labd?.ended;
  for (const run of runs) rmSync(join(LAB_FOLDER, 'runs', run), { recursive: true, force: true });
  for (const learner of [IN_TERMINAL, IN_CONSOLE]) rmSync(join(LAB_FOLDER, 'labs', learner), { recursive: true, force: true });
  rmSync(inTerminal, { recursive: true, force: true });
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, UP_MS);

function take(stage: number): Terminal {
  const form = ALL ? [] : ['--quick'];
  const terminal = startInTerminal(['workshop', String(stage), ...form, '--learner', IN_TERMINAL, '--instance', String(INSTANCE), '--yes']);
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
  await answer(terminal, /Which resource of the host will run out first\?/, 'memory');
  await answer(terminal, /At which load will the site begin to miss its SLO/, '5-500');
  await answer(terminal, /Why\?/, 'two programs in 512 MiB');
  await answer(terminal, /Sure\?/, 'guess');
  const { run, shown } = await judged(terminal);
  expect(shown).toMatch(/▲ server-1 CPU limits this run at/);
  expect(shown).toMatch(/✗ What runs out: you predicted memory\. Measured: server-1 CPU at .+ busy in step/);
  expect(shown).toMatch(/✓ Limit of the site: you predicted 5–500\/s\. Measured: .+ Inside, 495\/s wide\./);
  const { held, busy } = limitAnswers(run);
  await answer(terminal, /Which resource of the host ran out first\?/, 'cpu');
  await answer(terminal, /highest load at which the site still met its SLO/, held ?? '');
  await answer(terminal, /how busy was the resource that ran out/, String(Number(busy) > 50 ? Number(busy) - 20 : Number(busy) + 20));
  await answer(terminal, /h: hint 1 of 3/, 'h');
  await terminal.until(new RegExp(`/runs/${run}\\?step=\\d+#runs-out`), QUESTION_MS);
  await answer(terminal, /h: hint 2 of 3/, 'r');
  await answer(terminal, /how busy was the resource that ran out/, busy ?? '');
  await answer(terminal, /A shop runs its web application/, 'database');
  await answer(terminal, /If you moved one of the two programs/, 'the database');
}

describe('lab 1, taken in a terminal', () => {
  it(
    'is done from start to end, with a wrong prediction, hints, and a break in between',
    async () => {
      const first = take(1);
      await answer(first, /How many hosts serve the site\?/, '2');
      await first.until(/✗ Hosts: you answered 2\. The table says 1\./, QUESTION_MS);
      await answer(first, /h: hint 1 of 3/, 'h');
      await first.until(/hint 1 of 3 {2}Look at/, QUESTION_MS);
      await answer(first, /h: hint 2 of 3/, 'q');
      expect((await first.ended).status).toBe(0);

      const terminal = take(1);
      await answer(terminal, /h: hint 2 of 3/, 'r');
      await answer(terminal, /How many hosts serve the site\?/, '1');
      await answer(terminal, /How many programs run on the one host\?/, '2');
      await answer(terminal, /What does it need from the name/, 'address');
      await answer(terminal, /What does the site answer with\?/, 'json');

      await answer(terminal, /what share of the used CPU will the database take/, '90-95');
      await answer(terminal, /Why\?/, 'joins');
      await answer(terminal, /Sure\?/, '3');
      await terminal.until(/Locked, [0-9a-f]{12}\./, QUESTION_MS);
      const { run, shown } = await judged(terminal);
      expect(shown).toContain('2 of 2 expectations met.');
      expect(shown).toMatch(
        /✗ CPU share of the database: you predicted 90–95 %\. Measured: \d+ %\. It was less\. See the outcome: .+ of CPU per second/,
      );
      const share = Number(outcomeAnswers(run)['web']);
      await answer(terminal, /what share of the used CPU did the web application take/, String(share > 50 ? share - 20 : share + 20));
      await terminal.until(/✗ CPU share of the web/, QUESTION_MS);
      await answer(terminal, /h: hint 1 of 3/, 'h');
      await terminal.until(new RegExp(`/runs/${run}\\?step=1#outcome`), QUESTION_MS);
      await answer(terminal, /h: hint 2 of 3/, 'r');
      await answer(terminal, /what share of the used CPU did the web application take/, String(share));
      await terminal.until(/✓ CPU share of the web/, QUESTION_MS);
      await answer(terminal, /How many arrivals per second did the site get/, outcomeAnswers(run)['half'] ?? '');
      await answer(terminal, /What would users have to do differently/, 'more writes');

      if (ALL) await takeLimit(terminal);
      else await answer(terminal, /Which resource of the host will run out first\?/, 's');
      await terminal.until(/✓ Lab 1 is done\.\nnext {3}\.\/lab workshop 2/, QUESTION_MS);
      expect((await terminal.ended).status).toBe(0);
      const lines = terminal.shown().split('\n');
      expect(lines.filter((text) => [...text].length > 80)).toEqual([]);
    },
    (ALL ? 4 : 2) * RUN_MS + 60_000,
  );

  it('shows in the list, in the learner’s report, and in the teacher’s table', async () => {
    const who = ['--learner', IN_TERMINAL];
    expect(await labOk('workshop', ...who)).toMatch(/^ 1 {2}Single server +done$/m);
    const file = join(inTerminal, 'one.lablog.json');
    expect((await labOk('workshop', '--report', file, ...who)).trim()).toBe(file);
    const table = await labOk('workshop', '--class', inTerminal);
    expect(table).toMatch(new RegExp(`^${IN_TERMINAL} +hint 1 +✓ +hint 1 +${ALL ? 'hint 1' : 'skipped'}$`, 'm'));
    expect(table).toMatch(/step 3 .+ most common wrong prediction: 90–95 %/);
  });

  it('asks nothing of a script, and names the answer it needs', async () => {
    const { status, stderr } = await lab(['workshop', '2', '--learner', IN_TERMINAL]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('./lab workshop 2 --answer hosts=…') });
  });
});

let browser: Browser;
let page: Page;
/** Runs of who takes it in the console. */
let own: string[] = [];
const errors: string[] = [];
const collected = mkdtempSync(join(tmpdir(), 'loadstair-class-'));
const file = (name: string): string => join(collected, `${name}.lablog.json`);

beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(printed);
}, UP_MS);

afterAll(async () => {
  await browser?.close();
  rmSync(collected, { recursive: true, force: true });
});

/** As from a file manager. */
async function drop(name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(`(() => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
    return dropped;
  })()`);
  await page.dispatchEvent('.drop', 'drop', { dataTransfer });
}

describe('lab 1, taken in the console', () => {
  it('begins under a name of one’s own', async () => {
    await page.getByRole('link', { name: 'Choose a lab' }).click();
    await page.getByLabel('Your name').fill(IN_CONSOLE);
    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Start' }).first().click();
    await page.getByRole('link', { name: 'Start' }).click();
    await page.getByText(IN_CONSOLE).waitFor();
  }, 30_000);

  it(
    'judges a wrong prediction by a run of its own, gives a hint, and takes the right answer',
    async () => {
      if (lab1 === undefined) throw new Error('the catalogue has a lab');
      own = await takeWhole({ ...lab1, steps: lab1.steps.slice(0, 3) }, browserTaker(page, lab1, RUN_MS), {
        known: { hosts: '1', programs: '2', needed: 'address', format: 'json' },
        predictions: {
          split: {
            said: { database: '90-95' },
            replies: [/✗ CPU share of the database: you predicted 90–95 %\. Measured: \d+ %\. It was less\. See the outcome/],
          },
        },
      });
      runs.push(...own);
    },
    RUN_MS + 60_000,
  );

  it('hides what the stage was measured to hold until the lab is done', async () => {
    await page.goto(`${ADDRESS}/stages/1`);
    await page.getByText('Hidden until lab 1 is done.').waitFor();
    await page.getByRole('link', { name: 'Continue lab 1' }).click();
    await page.getByRole('button', { name: 'Lock and run, 2:50' }).waitFor();
    await picture(page, 'lab-predict');
    await page.getByRole('button', { name: 'Skip…' }).click();
    await page.getByRole('button', { name: 'Yes' }).click();
    await page.getByText('Skipped.').waitFor();
  }, 30_000);

  it.each(['look', 'name', 'split', 'limit'])(
    'has no serious fault in step %s once it is over, nor scrolls sideways on a phone',
    async (step) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(`${ADDRESS}/labs/1/${step}`);
      await page.locator('main h1').waitFor();
      expect(await seriousOn(page)).toEqual([]);
      expect(await sidewaysOf(page)).toBeLessThanOrEqual(0);
      await picture(page, `lab-${step}`);
    },
    30_000,
  );
});

describe('the class', () => {
  it('has the log that a learner exports, beside those of others', async () => {
    await page.goto(`${ADDRESS}/labs`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export your answers' }).click()]);
    expect(download.suggestedFilename()).toBe(`${IN_CONSOLE}.lablog.json`);
    const log = readFileSync(await download.path(), 'utf8');
    writeFileSync(file('own'), log);
    const ofBen = { ...(JSON.parse(log.replaceAll(IN_CONSOLE, 'ben').replaceAll(own[0] ?? '', 'none')) as object), id: '0000000b' };
    writeFileSync(file('other'), JSON.stringify(ofBen));
    writeFileSync(file('half'), log.slice(0, log.length / 2));
    await page.getByRole('link', { name: 'Class' }).click();
    await drop(`${IN_CONSOLE}.lablog.json`, log);
    await page.getByText('1 learner, the most stuck first.').waitFor();
    await page.getByLabel('Choose a folder').setInputFiles(collected);
    await page.getByText('✕ half.lablog.json is no lab log.').waitFor();
    const rows = await page.locator('.class tbody tr').allInnerTexts();
    expect(rows.map(words)).toEqual([`ben hint 1 hint 1 hint 1 skipped`, `${IN_CONSOLE} hint 1 hint 1 hint 1 skipped`]);
    expect(words(await page.locator('.class tfoot').innerText())).toMatch(
      /^right at first prediction – – 0 of 2 – most common wrong prediction – – 90–95 %, 2×/,
    );
    expect(await seriousOn(page)).toEqual([]);
    await picture(page, 'class');
  }, 30_000);

  it('is the same table in the terminal', async () => {
    const { status, stdout, stderr } = await lab(['workshop', '--class', collected]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/^ben +hint 1 +hint 1 +hint 1 +skipped$/m);
    expect(stderr).toContain('half.lablog.json is no lab log.');
  }, 30_000);

  it('leads to a learner’s run, or says that it is not here', async () => {
    await page.getByRole('link', { name: /of ben$/ }).click();
    await page.getByText('Run none is not on this machine').waitFor();
    await page.getByRole('link', { name: `run ${own[0]} of ${IN_CONSOLE}` }).click();
    await page.waitForURL(`${ADDRESS}/runs/${own[0]}`);
    await page.goBack();
    await page.locator('.class').waitFor();
  }, 30_000);
});

describe('a tier that is predicted', () => {
  it('is taken from the picture, by mouse and by keys, as from the list above it', async () => {
    // On a phone the list stands alone.
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(`${ADDRESS}/labs/3/limit`);
    const asked = page.getByRole('group', { name: 'Which tier will run out first?' });
    const drawn = page.getByRole('radiogroup', { name: 'Which tier will run out first? On the picture' });
    await drawn.getByRole('radio', { name: 'web tier, on the picture' }).click();
    expect(await asked.getByRole('radio', { name: 'web tier' }).isChecked()).toBe(true);
    await page.keyboard.press('ArrowRight');
    expect(await asked.getByRole('radio', { name: 'db-1' }).isChecked()).toBe(true);
    expect(await drawn.getByRole('radio', { name: 'db-1, on the picture' }).getAttribute('aria-checked')).toBe('true');
    await asked.getByRole('radio', { name: 'lb-1' }).check();
    expect(await drawn.locator('[aria-checked="true"]').getAttribute('data-pick')).toBe('lb');
    expect(await seriousOn(page)).toEqual([]);
  }, 30_000);

  it('never threw', () => {
    expect(errors).toEqual([]);
  });
});

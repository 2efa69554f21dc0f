import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { labs } from '@loadstair/stages';
import type { Browser, Page } from 'playwright-core';
import { browserTaker } from './testing/browser-taker.ts';
import { consoleAddress, picture, seriousOn, sidewaysOf, startBrowser, startConsole } from './testing/console-page.ts';
import { lab, LAB_FOLDER, type RunningCommand } from './testing/lab-command.ts';
import { takeWhole } from './testing/lab-taker.ts';
import { words } from './testing/words.ts';

const INSTANCE = 41;
const LEARNER = `test ${process.pid}`;
const ADDRESS = consoleAddress(INSTANCE);
const RUN_MS = 120_000;
const [lab1] = labs;

let browser: Browser;
let page: Page;
let labd: RunningCommand;
let runs: string[] = [];
const errors: string[] = [];
const collected = mkdtempSync(join(tmpdir(), 'loadstair-class-'));
const file = (name: string): string => join(collected, `${name}.lablog.json`);

/** As from a file manager. */
async function drop(name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(`(() => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
    return dropped;
  })()`);
  await page.dispatchEvent('.drop', 'drop', { dataTransfer });
}

beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.on('pageerror', (error) => errors.push(error.message));
  const started = await startConsole(INSTANCE);
  labd = started.labd;
  await page.goto(started.printed);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  labd?.child.kill('SIGTERM');
  await labd?.ended;
  for (const run of runs) rmSync(join(LAB_FOLDER, 'runs', run), { recursive: true, force: true });
  rmSync(join(LAB_FOLDER, 'labs', LEARNER), { recursive: true, force: true });
  rmSync(collected, { recursive: true, force: true });
}, 60_000);

describe('lab 1, taken in the console', () => {
  it('begins under a name of one’s own', async () => {
    await page.getByRole('link', { name: 'Choose a lab' }).click();
    await page.getByLabel('Your name').fill(LEARNER);
    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Start' }).first().click();
    await page.getByRole('link', { name: 'Start' }).click();
    await page.getByText(LEARNER).waitFor();
  }, 30_000);

  it(
    'judges a wrong prediction by a run of its own, gives a hint, and takes the right answer',
    async () => {
      if (lab1 === undefined) throw new Error('the catalogue has a lab');
      runs = await takeWhole({ ...lab1, steps: lab1.steps.slice(0, 2) }, browserTaker(page, lab1, RUN_MS), {
        look: { hosts: '1', programs: '2' },
        predictions: {
          split: {
            said: { database: '90-95' },
            replies: [/✗ CPU share of the database: you said 90–95 %\. Measured: \d+ %\. It was less\. See the outcome/],
          },
        },
      });
    },
    RUN_MS + 60_000,
  );

  it('hides what the stage was measured to hold until the lab is done', async () => {
    await page.goto(`${ADDRESS}/stages/1`);
    await page.getByText('Hidden until lab 1 is done.').waitFor();
    await page.getByRole('link', { name: 'Go on with lab 1' }).click();
    await page.getByRole('button', { name: 'Lock and run, 3:50' }).waitFor();
    await picture(page, 'lab-predict');
    await page.getByRole('button', { name: 'Skip…' }).click();
    await page.getByRole('button', { name: 'Yes' }).click();
    await page.getByText('Skipped.').waitFor();
  }, 30_000);

  it.each(['look', 'split', 'limit'])(
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
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export what you did' }).click()]);
    expect(download.suggestedFilename()).toBe(`${LEARNER}.lablog.json`);
    const log = readFileSync(await download.path(), 'utf8');
    const [run = ''] = runs;
    writeFileSync(file('own'), log);
    // One who took it on another machine, and a file that was cut short.
    writeFileSync(file('other'), log.replaceAll(LEARNER, 'ben').replaceAll(run, 'none'));
    writeFileSync(file('half'), log.slice(0, log.length / 2));
    await page.getByRole('link', { name: 'Class' }).click();
    await page.getByText('Choose files').waitFor();
    await drop(`${LEARNER}.lablog.json`, log);
    await page.getByText('1 learner, the most stuck first.').waitFor();
    await page.getByLabel('Choose a folder').setInputFiles(collected);
    await page.getByText('✕ half.lablog.json is no lab log.').waitFor();
    const rows = await page.locator('.class tbody tr').allInnerTexts();
    expect(rows.map(words)).toEqual([`ben hint 1 hint 1 skipped`, `${LEARNER} hint 1 hint 1 skipped`]);
    expect(words(await page.locator('.class tfoot').innerText())).toMatch(
      /^right at first – 0 of 2 – most often said and not so – 90–95 %, 2×/,
    );
    expect(await seriousOn(page)).toEqual([]);
    await picture(page, 'class');
  }, 30_000);

  it('is the same table in the terminal', async () => {
    const { status, stdout, stderr } = await lab(['workshop', '--class', collected]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/^ben +hint 1 +hint 1 +skipped$/m);
    expect(stderr).toContain('half.lablog.json is no lab log.');
  }, 30_000);

  it('leads to a learner’s run, or says that it is not here', async () => {
    await page.getByRole('link', { name: /of ben$/ }).click();
    await page.getByText('Run none is not on this machine').waitFor();
    await page.getByRole('link', { name: `run ${runs[0]} of ${LEARNER}` }).click();
    await page.waitForURL(`${ADDRESS}/runs/${runs[0]}`);
    await page.goBack();
    await page.locator('.class').waitFor();
  }, 30_000);

  it('never threw', () => {
    expect(errors).toEqual([]);
  });
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { startBrowser } from '@loadstair/runtime/testing';
import { leftoversOf } from '@loadstair/verify';
import { browserTaker } from './testing/browser-taker.ts';
import { consoleAddress, startConsole } from './testing/console-page.ts';
import { lab, LAB_FOLDER } from './testing/lab-command.ts';
import { takeWhole } from './testing/lab-taker.ts';
import { labOf, TAKEN_LABS } from './testing/taken-labs.ts';
import { startInTerminal } from './testing/terminal.ts';
import { terminalTaker } from './testing/terminal-taker.ts';

const INSTANCE = 41;
const LEARNER = `test ${process.pid}`;
/** Four minutes of measuring each. */
const describeAll = process.env['LOADSTAIR_TEST_ALL'] === '1' ? describe : describe.skip;
const RUN_MS = 150_000;
const LAB_MS = 30 * 60_000;
const runs: string[] = [];

afterAll(async () => {
  await lab(['down', '--instance', String(INSTANCE)]);
  for (const run of runs) rmSync(join(LAB_FOLDER, 'runs', run), { recursive: true, force: true });
  rmSync(join(LAB_FOLDER, 'labs', LEARNER), { recursive: true, force: true });
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, 60_000);

const forget = (): void => rmSync(join(LAB_FOLDER, 'labs', LEARNER), { recursive: true, force: true });

describeAll.each(TAKEN_LABS)('lab $stage', ({ stage, ...taken }) => {
  it(
    'is taken start to end in a terminal',
    async () => {
      forget();
      const terminal = startInTerminal([
        ...['workshop', String(stage), '--quick', '--learner', LEARNER, '--instance', String(INSTANCE), '--yes'],
      ]);
      try {
        runs.push(...(await takeWhole(labOf(stage), terminalTaker(terminal, RUN_MS), taken)));
        await terminal.until(new RegExp(`✓ Lab ${stage} is done\\.`), 15_000);
        expect((await terminal.ended).status).toBe(0);
        // The line a person types in may go over the edge: the terminal breaks it.
        const wide = terminal
          .shown()
          .split('\n')
          .filter((line) => !line.includes(' > '));
        expect(wide.filter((line) => [...line].length > 80)).toEqual([]);
      } finally {
        terminal.close();
      }
    },
    LAB_MS,
  );

  it(
    'is taken start to end in a browser',
    async () => {
      forget();
      const browser = await startBrowser();
      const { labd, printed } = await startConsole(INSTANCE);
      try {
        const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
        await page.goto(printed);
        await page.goto(`${consoleAddress(INSTANCE)}/labs`);
        await page.getByLabel('Your name').fill(LEARNER);
        await page.keyboard.press('Tab');
        await page.goto(`${consoleAddress(INSTANCE)}/labs/${stage}/look`);
        runs.push(...(await takeWhole(labOf(stage), browserTaker(page, labOf(stage), RUN_MS), taken)));
        await page.goto(`${consoleAddress(INSTANCE)}/labs`);
        await page
          .locator('.jobs li')
          .filter({ hasText: labOf(stage).title })
          .getByText('done')
          .waitFor();
      } finally {
        await browser.close();
        labd.child.kill('SIGTERM');
        await labd.ended;
      }
    },
    LAB_MS,
  );
});

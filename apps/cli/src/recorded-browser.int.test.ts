import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seriousOn } from '@loadstair/dashboard-view/testing';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import { openRecorded } from '@loadstair/recorded';
import { startBrowser } from '@loadstair/runtime/testing';
import type { Browser, Page } from 'playwright-core';
import { browserTaker } from './testing/browser-taker.ts';
import { picture } from './testing/console-page.ts';
import { eventually } from './testing/eventually.ts';
import { LAB_FOLDER, startLab, type RunningCommand } from './testing/lab-command.ts';
import { takeWhole } from './testing/lab-taker.ts';
import { labOf, TAKEN_LABS } from './testing/taken-labs.ts';

const INSTANCE = 58;
const LEARNER = `recorded ${process.pid}`;
const START_MS = 60_000;
const RUN_MS = 30_000;
const LAB_MS = 5 * 60_000;
const TAKEN = TAKEN_LABS[1];

let running: RunningCommand;
let browser: Browser;
let page: Page;
let address: string;
let says: string;
let climb: string;

beforeAll(async () => {
  const recorded = await openRecorded({ repoFolder: REPO_FOLDER, labFolder: LAB_FOLDER });
  says = recorded.says;
  climb = recorded.find({ kind: 'run', stage: 2, set: [], quick: true }).id;
  running = startLab(['console', '--recorded', '--speed', '20', '--instance', String(INSTANCE)]);
  const printed = await eventually('the console is served', START_MS, () => /^console {2}(\S+)$/m.exec(running.stdout())?.[1] ?? null);
  address = new URL(printed).origin;
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(printed);
}, START_MS);
afterAll(async () => {
  await browser?.close();
  running?.child.kill('SIGINT');
  await running?.ended;
  rmSync(join(LAB_FOLDER, 'labs', LEARNER), { recursive: true, force: true });
});

describe('the console on recorded runs', () => {
  it.each(['/', '/runs', '/runs/CLIMB', '/runs/CLIMB/traces', '/compare', '/stages/2', '/labs', '/labs/1', '/health'])(
    'says on %s when and where they were recorded, and has no serious fault that axe finds',
    async (path) => {
      await page.goto(`${address}${path.replace('CLIMB', climb)}`);
      await page.locator('main h1').first().waitFor();
      await page.getByRole('complementary', { name: 'Recorded runs' }).getByText(says).waitFor();
      expect(await seriousOn(page)).toEqual([]);
      await picture(page, `recorded${path.replaceAll('/', '-')}`);
    },
    START_MS,
  );

  it(
    'plays a run as it went, and then shows its report',
    async () => {
      await page.goto(`${address}/stages/2`);
      await page
        .getByRole('button', { name: /^Quick/ })
        .first()
        .click();
      await page.getByText('Running', { exact: true }).first().waitFor();
      await page
        .getByText(/step \d of \d/)
        .first()
        .waitFor({ timeout: RUN_MS });
      await page.getByRole('heading', { name: /limits this run at/ }).waitFor({ timeout: RUN_MS });
      expect(new URL(page.url()).pathname).toBe(`/runs/${climb}`);
    },
    LAB_MS,
  );

  it(
    'is enough to take a lab, sometimes right and sometimes wrong',
    async () => {
      const lab = labOf(TAKEN?.stage ?? 0);
      await page.goto(`${address}/labs`);
      await page.getByLabel('Your name').fill(LEARNER);
      await page.keyboard.press('Tab');
      await page.goto(`${address}/labs/${lab.stage}/look`);
      const { known = {}, predictions = {} } = TAKEN ?? {};
      const runsFolder = join(LAB_FOLDER, 'recorded', 'runs');
      await takeWhole(lab, browserTaker(page, lab, RUN_MS), { known, predictions, runsFolder });
    },
    LAB_MS,
  );
});

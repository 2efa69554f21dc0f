import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { seriousOn, sidewaysOf } from '@loadstair/dashboard-view/testing';
import { startBrowser } from '@loadstair/runtime/testing';
import type { Browser, Page } from 'playwright-core';
import { picture } from './testing/console-page.ts';
import { serveFiles, type FileServer } from './testing/file-server.ts';
import { lab, type Ended } from './testing/lab-command.ts';

const INSTANCE = 57;
const WRITE_MS = 240_000;
const TIMEOUT_MS = 30_000;
/** A path like that of a project's pages. */
const BELOW = '/some/where/';

const folder = mkdtempSync(join(tmpdir(), 'loadstair-site-'));
const out = join(folder, 'site');
let written: Ended;
let files: FileServer;
let browser: Browser;
let page: Page;
/** A plain run, and an experiment. */
let run = '';
let experiment = '';
const errors: string[] = [];

beforeAll(async () => {
  written = await lab(['site', '--out', out, '--instance', String(INSTANCE), '--json']);
  const { runs } = JSON.parse(gunzipSync(readFileSync(join(out, 'api', 'runs.json.gz'))).toString('utf8')) as {
    runs: { id: string; experiment: string | null; searched: boolean }[];
  };
  run = runs.find((one) => one.experiment === null && !one.searched)?.id ?? '';
  experiment = runs.find((one) => one.experiment !== null)?.id ?? '';
  files = await serveFiles(out, BELOW);
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
}, WRITE_MS);

afterAll(async () => {
  await browser?.close();
  await files?.stop();
  rmSync(folder, { recursive: true, force: true });
}, TIMEOUT_MS);

/** Nothing failed in the page, and no file was missing. */
afterEach(() => {
  expect(errors.splice(0)).toEqual([]);
  expect(files.missing()).toEqual([]);
});

async function open(path: string): Promise<void> {
  await page.goto(files.url + path);
  await page.locator('main :is(h1, h2)').first().waitFor();
  await page.waitForLoadState('networkidle');
}

it('tells strangers nothing of the machine that wrote it', () => {
  const status = gunzipSync(readFileSync(join(out, 'api', 'status.json.gz'))).toString('utf8');
  expect(JSON.parse(status)).toMatchObject({ machine: '', pid: 0, recorded: { says: expect.stringMatching(/^Recorded on /) } });
});

it('prints what it wrote, part by part, and leaves nothing running', () => {
  expect(written.status).toBe(0);
  const { runs, parts } = JSON.parse(written.stdout) as { runs: number; parts: { name: string; files: number; bytes: number }[] };
  expect(runs).toBeGreaterThan(0);
  expect(parts.map(({ name }) => name)).toEqual(['pages', 'answers', 'reports', 'scripts and styles']);
  for (const { files: count, bytes } of parts) expect(Math.min(count, bytes)).toBeGreaterThan(0);
});

it(
  'lists the recorded runs, filters them in the page, and opens one without a server',
  async () => {
    await open('runs/');
    await page.getByText(/^Recorded on /).waitFor();
    await page.getByText('This copy has no server').waitFor();
    const link = (id: string): ReturnType<Page['getByRole']> => page.getByRole('link', { name: id, exact: true });
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('experiment');
    await page.waitForURL(/kind=experiment/);
    await link(run).waitFor({ state: 'detached' });
    expect(await link(experiment).count()).toBe(1);
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('run');
    await link(experiment).waitFor({ state: 'detached' });
    await link(run).click();
    await page.waitForURL(`${files.url}runs/${run}`);
    await page.locator('.verdict h1').waitFor();
  },
  TIMEOUT_MS,
);

describe('each page', () => {
  const paths = (): readonly string[] => [
    '',
    'runs',
    `runs/${run}`,
    `runs/${run}?t=10`,
    `runs/${run}/dashboards`,
    `runs/${run}/traces`,
    `runs/${run}/logs`,
    `runs/${experiment}`,
    'compare',
    'compare?view=map',
    'compare?view=side',
    'stages/1',
    'stages/2/diff/1',
    'labs',
    'labs/1',
    'labs/class',
    'labs/test',
    ...readdirSync(join(out, 'labs', '1'))
      .filter((name) => name !== 'index.html')
      .map((step) => `labs/1/${step}`),
  ];

  it.each([1280, 390])(
    'stands by itself when it is loaded anew, with no fault that axe finds (%i px wide)',
    async (width) => {
      await page.setViewportSize({ width, height: 800 });
      for (const path of paths()) {
        await open(path);
        expect({ path, serious: await seriousOn(page), sideways: Math.max(0, await sidewaysOf(page)) }).toEqual({
          path,
          serious: [],
          sideways: 0,
        });
      }
      await page.setViewportSize({ width: 1280, height: 720 });
    },
    WRITE_MS,
  );
});

it(
  'replays a run, and saves its report',
  async () => {
    await open(`runs/${run}?t=10`);
    await page.locator('.replay .time').waitFor();
    const before = await page.locator('.replay .said-now').innerText();
    await page.getByRole('slider').fill('30');
    expect(await page.locator('.replay .said-now').innerText()).not.toBe(before);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download report' }).click()]);
    expect(download.suggestedFilename()).toBe(`loadstair-${run}.html`);
    await picture(page, 'site-replay');
  },
  TIMEOUT_MS,
);

it(
  'says in one sentence that nothing can be started',
  async () => {
    await open('stages/1');
    await page.getByRole('button', { name: /^Run/ }).first().click();
    await page.getByText('Nothing can be started or changed here: this is a copy without a server.').first().waitFor();
  },
  TIMEOUT_MS,
);

it(
  'takes a lab in the page: a prediction is locked, judged on a recorded run, and kept',
  async () => {
    await open('labs/3');
    // It runs the stage as it is.
    await page.locator('.lab-steps a').nth(1).click();
    await page.getByRole('heading', { name: 'Predict' }).waitFor();
    for (const unsure of await page.getByLabel('not sure yet').all()) await unsure.check();
    await page.getByRole('radio', { name: 'guess' }).check();
    await page.getByRole('button', { name: /^Quick, / }).click();
    await page.getByText(/^Locked, [0-9a-f]{12}\.$/).waitFor();
    const judged = page.getByRole('link', { name: /^Run [0-9a-z]+$/ }).first();
    await judged.waitFor();
    await page.reload();
    await judged.waitFor();
    await judged.click();
    await page.locator('.verdict h1').waitFor();
  },
  TIMEOUT_MS,
);

it(
  'leads from page to page below its own path',
  async () => {
    await open('');
    await page.getByRole('link', { name: 'Labs', exact: true }).click();
    await page.waitForURL(`${files.url}labs`);
    await page.reload();
    await page.getByRole('heading', { name: 'Labs' }).waitFor();
    await open(`runs/${run}`);
    const evidence = page.locator('#evidence a').first();
    expect(await evidence.getAttribute('href')).toMatch(new RegExp(`^${BELOW}runs/${run}/evidence/1$`));
    await evidence.click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.reload();
    await page.getByText(/^Evidence 1 of /).waitFor();
  },
  TIMEOUT_MS,
);

it(
  'never writes over what it did not write',
  async () => {
    const taken = join(folder, 'taken');
    mkdirSync(taken);
    writeFileSync(join(taken, 'mine.txt'), 'mine');
    const refused = await lab(['site', '--out', taken, '--instance', String(INSTANCE)]);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('E_COPY_FOLDER');
    expect(readdirSync(taken)).toEqual(['mine.txt']);
    writeFileSync(join(out, 'left-over.html'), '');
    expect((await lab(['site', '--out', out, '--instance', String(INSTANCE)])).status).toBe(0);
    expect(existsSync(join(out, 'left-over.html'))).toBe(false);
  },
  WRITE_MS,
);

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seriousOn, sidewaysOf } from '@loadstair/dashboard-view/testing';
import { startBrowser } from '@loadstair/runtime/testing';
import type { Browser, Page } from 'playwright-core';
import { consoleAddress, picture, startConsole, tabTo } from './testing/console-page.ts';
import { eventually } from './testing/eventually.ts';
import { lab, LAB_FOLDER, REPOSITORY, startLab, type RunningCommand } from './testing/lab-command.ts';
import { words } from './testing/words.ts';

const INSTANCE = 27;
const ADDRESS = consoleAddress(INSTANCE);
const TIMEOUT_MS = 240_000;
const FIRST_ROUTE_KB = 110;
const WEB = join(REPOSITORY, 'apps', 'console', 'dist', 'web');

let browser: Browser;
let page: Page;
let labd: RunningCommand;
let run: RunningCommand;
let id = '';
const errors: string[] = [];

beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.on('pageerror', (error) => errors.push(error.message));
  ({ labd } = await startConsole(INSTANCE));
  run = startLab(['run', '1', '--quick', '--seed', '7', '--instance', String(INSTANCE), '--yes']);
  const printed = await eventually(
    'the run says where it can be watched',
    30_000,
    () => /^console {2}(\S+)$/m.exec(run.stderr())?.[1] ?? null,
  );
  id = printed.split('/').at(-1) ?? '';
  await page.goto(printed);
}, TIMEOUT_MS);

afterAll(async () => {
  await browser?.close();
  labd?.child.kill('SIGTERM');
  await labd?.ended;
  if (id !== '') rmSync(join(LAB_FOLDER, 'runs', id), { recursive: true, force: true });
}, TIMEOUT_MS);

describe('a run in the console', () => {
  it('is there at once, and begins with what is being prepared', async () => {
    await page.getByText('Running', { exact: true }).first().waitFor();
    expect(await page.title()).toContain(`run ${id}`);
    expect(await page.locator('[data-host="server-1"]').count()).toBe(1);
  });

  it('is not changed by somebody with a wrong key, who is told so', async () => {
    const stranger = await browser.newPage();
    await stranger.goto(`${ADDRESS}/#key=not-the-key-of-this-lab`);
    expect(stranger.url()).toBe(`${ADDRESS}/`);
    await stranger.goto(`${ADDRESS}/runs/${id}`);
    await stranger.getByRole('button', { name: 'Stop…' }).click();
    await stranger.getByRole('button', { name: 'Yes' }).click();
    await stranger.getByRole('heading', { name: 'This key is not the one of the lab that runs now.' }).waitFor();
    expect(await seriousOn(stranger)).toEqual([]);
    await stranger.getByRole('button', { name: 'Only look' }).click();
    await stranger.getByText('Nothing was changed.').waitFor();
    await stranger.close();
  }, 30_000);

  it(
    'loses nothing when the page is loaded again in the middle',
    async () => {
      const steps = page.locator('.strip thead th');
      await eventually('two steps have ended', 180_000, async () => ((await steps.count()) >= 4 ? true : null));
      const before = await steps.allInnerTexts();
      await page.reload();
      await eventually('the steps are back', 10_000, async () => ((await steps.count()) >= before.length ? true : null));
      expect((await steps.allInnerTexts()).slice(0, before.length - 1)).toEqual(before.slice(0, -1));
      expect(words(await page.locator('.standing').innerText())).toMatch(
        /step \d+ of \d+ · [\d.,]+\/s offered · \d+ s left in step · verdict in ~\d:\d\d/,
      );
      expect(await page.locator('[data-host="server-1"] [data-cpu]').textContent()).toMatch(/^\d+ %$/);
      await picture(page, 'live');
    },
    TIMEOUT_MS,
  );

  it('shows its dashboards while it goes on', async () => {
    const watcher = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    watcher.on('pageerror', (error) => errors.push(error.message));
    await watcher.goto(`${ADDRESS}/runs/${id}/dashboards/run`);
    const chart = watcher.locator('.dv-chart').first();
    await chart.locator('canvas').waitFor();
    const shown = await watcher.locator('.dv-zoom').innerText();
    await eventually('the time shown grows', 12_000, async () => ((await watcher.locator('.dv-zoom').innerText()) === shown ? null : true));
    expect(await chart.getAttribute('aria-label')).toMatch(/^Load: offered [\d.,]+ arrivals\/s at the end/);
    await watcher.close();
  }, 30_000);

  it(
    'ends with the verdict of the terminal and of report.html, word for word',
    async () => {
      const { status, stdout, stderr } = await run.ended;
      // Other tests have the machine too: any verdict will do, and a refusal.
      expect({ known: [0, 3, 4].includes(status ?? -1), stderr }).toMatchObject({ known: true });
      await page.locator('.report .verdict h1').waitFor();
      const shown = words(await page.locator('.report .verdict').innerText());
      const printed = words(stdout.slice(0, stdout.indexOf('report   ')));
      expect(shown).toBe(printed);
      const report = await browser.newPage();
      await report.goto(`file://${/^report {3}(\S+)$/m.exec(stdout)?.[1] ?? ''}`);
      expect(words(await report.locator('.verdict').innerText())).toBe(printed);
      await report.close();
    },
    TIMEOUT_MS,
  );
});

describe('every page', () => {
  it.each([
    '/',
    '/runs',
    '/runs/ID',
    '/runs/ID/dashboards',
    '/runs/ID/dashboards/stage-1',
    '/runs/ID/traces',
    '/runs/ID/logs',
    '/runs/ID/evidence/1',
    '/stages/1',
    '/labs',
    '/labs/1',
    '/labs/1/split',
    '/labs/class',
    '/compare',
    '/compare?runs=ID,ID',
    '/health',
    '/runs/none',
    '/no-such-page',
  ])(
    '%s has no serious fault that axe finds, and does not scroll sideways on a phone',
    async (path) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(ADDRESS + path.replaceAll('ID', id));
      await page.locator('main h1').first().waitFor();
      expect(await seriousOn(page)).toEqual([]);
      expect(await sidewaysOf(page)).toBeLessThanOrEqual(0);
    },
    30_000,
  );

  it('leads from the list of runs to a comparison', async () => {
    await page.goto(`${ADDRESS}/runs?q=${id}`);
    await page.getByRole('checkbox', { name: `Tick run ${id}` }).check();
    await page.getByRole('button', { name: 'Compare: tick two or more' }).waitFor();
    await page.goto(`${ADDRESS}/compare?runs=${id},${id}`);
    await page.getByRole('heading', { name: 'Compared' }).waitFor();
    expect(await page.getByRole('table').first().locator('tbody tr').count()).toBe(2);
  }, 30_000);

  it('draws the dashboards of the run, and keeps what is looked at in the address', async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(`${ADDRESS}/runs/${id}`);
    await page.getByRole('link', { name: 'Dashboards' }).click();
    await page.getByRole('link', { name: 'Stage 1: Single server' }).click();
    await page.locator('.dv-chart canvas').first().waitFor();
    await page.getByRole('button', { name: 'step 2 (load)' }).click();
    await page.waitForURL(/\/dashboards\/stage-1\?t=\d+%3A\d\d-\d+%3A\d\d$/);
    const shown = await page.locator('.dv-zoom').innerText();
    await page.reload();
    await page.locator('.dv-chart canvas').first().waitFor();
    expect(await page.locator('.dv-zoom').innerText()).toBe(shown);
    await picture(page, 'dashboard');
  }, 30_000);

  it('leads from the slowest request to what it waited for', async () => {
    await page.goto(`${ADDRESS}/runs/${id}/traces`);
    await page.locator('tbody a').first().click();
    await page.getByRole('heading', { name: / ms$/ }).waitFor();
    // The request, and below it at least one thing it waited for.
    await page.locator('.waterfall tbody tr').nth(1).waitFor();
    expect(await seriousOn(page)).toEqual([]);
  }, 30_000);

  it('gives a run away as one file, which another lab can take', async () => {
    await page.goto(`${ADDRESS}/runs/${id}`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export run' }).click()]);
    expect(download.suggestedFilename()).toBe(`loadstair-${id}.tar.gz`);
    const file = await download.path();
    expect(readFileSync(file).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  }, 30_000);

  it('is small: the first route', async () => {
    const asked: string[] = [];
    const fresh = await browser.newPage();
    fresh.on('response', (response) => asked.push(new URL(response.url()).pathname));
    await fresh.goto(ADDRESS);
    await fresh.locator('main h1').waitFor();
    await fresh.close();
    const scripts = asked.filter((path) => path.endsWith('.js'));
    const size = (name: string): number => gzipSync(readFileSync(join(WEB, name))).length / 1024;
    const first = scripts.reduce((sum, path) => sum + size(path), 0);
    const later = readdirSync(join(WEB, 'assets'))
      .filter((name) => name.endsWith('.js') && !scripts.includes(`/assets/${name}`))
      .map((name) => `${name} ${size(join('assets', name)).toFixed(1)} kB`);
    process.stdout.write(`first route ${first.toFixed(1)} kB of script (gzip); later ${later.join(', ')}\n`);
    expect(first).toBeLessThanOrEqual(FIRST_ROUTE_KB);
  }, 30_000);

  it('says when the lab has gone, and is itself again when it is back', async () => {
    await page.goto(`${ADDRESS}/runs/${id}`);
    await page.locator('.report .verdict h1').waitFor();
    await lab(['down', '--instance', String(INSTANCE)]);
    await labd.ended;
    await page.getByText('The lab is not running.').waitFor({ timeout: 15_000 });
    expect(await page.locator('.report .verdict h1').isVisible()).toBe(true);
    const again = await startConsole(INSTANCE);
    labd = again.labd;
    await page.getByText('The lab is not running.').waitFor({ state: 'hidden', timeout: 15_000 });
    await page.goto(again.printed);
    expect(page.url()).toBe(`${ADDRESS}/`);
  }, 60_000);

  it('starts a run, pauses what is shown and stops it by keys alone, with the key it came with', async () => {
    await page.goto(`${ADDRESS}/stages/1`);
    const quick = page.getByRole('button', { name: /^Quick, 1:25$/ });
    await quick.waitFor();
    await tabTo(page, quick);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/runs\/[0-9a-z]{4}$/);
    const stop = page.getByRole('button', { name: 'Stop…' });
    await stop.waitFor();
    await page.keyboard.press('p');
    await page.getByText('The run continues').waitFor();
    await page.keyboard.press('p');
    await tabTo(page, stop);
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Yes' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Interrupted.' }).waitFor();
  }, 60_000);

  it('never threw', () => {
    expect(errors).toEqual([]);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import { seriousOn, sidewaysOf } from '@loadstair/dashboard-view/testing';
import type { Manifest, RunEvent } from '@loadstair/runs';
import { stageByNumber } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import type { Page } from 'playwright-core';
import { coloursDrawn, expectAllText, keepPicture, overlap, setTextSize, systemColour } from './testing/page-checks.ts';
import { beginRecorded, type RecordedLive } from './testing/recorded-live.ts';
import { SCREEN, startToldConsole, type ToldConsole } from './testing/told-console.ts';

const INSTANCE = 32;
const TIMEOUT_MS = 20_000;
/** Building the console, and a browser. */
const START_MS = 60_000;

let told: ToldConsole;
let recorded: RecordedLive;
let page: Page;
let id = '';

beforeAll(async () => {
  told = await startToldConsole(INSTANCE);
  recorded = await beginRecorded(told);
  id = recorded.id;
  page = await told.open();
}, START_MS);

afterAll(async () => {
  await told?.stop();
  recorded?.stop();
});

/** The page threw nothing. */
afterEach(() => expect(told.thrown()).toEqual([]));

/** What a live page shows, the age of a pause aside. */
async function shownOn(live: Page): Promise<string> {
  const parts = await Promise.all(
    ['.verdict.running h1', '.standing', '.topology', '.live .chart figcaption', '.strip'].map((part) =>
      live.locator(part).allTextContents(),
    ),
  );
  return parts.flat().join('\n');
}

/** Steps whose use the page lists. */
async function waitForSteps(live: Page, count: number): Promise<void> {
  // Before them stands what is offered, after them what is now and where it would run out.
  await live
    .locator('.strip thead th')
    .nth(count + 2)
    .waitFor();
}

describe('live values', () => {
  it(
    'stand still once the key p was pressed, and the run goes on',
    async () => {
      recorded.tellStep(2);
      await page.goto(`${told.url}/runs/${id}`);
      await waitForSteps(page, 2);
      await page.keyboard.press('p');
      await page.getByRole('button', { name: 'Resume' }).waitFor();
      expect(await page.locator('.paused').innerText()).toMatch(/^Paused for 0:0\d\. The run continues/);
      expect(await page.title()).toMatch(/^Paused · /);
      const still = await shownOn(page);

      const watcher = await told.browser.newPage({ viewport: SCREEN });
      await watcher.goto(`${told.url}/runs/${id}`);
      await waitForSteps(watcher, 2);
      recorded.tellStep(3);
      await waitForSteps(watcher, 3);
      expect(await shownOn(watcher)).not.toBe(still);
      expect(await shownOn(page)).toBe(still);
      expect(await seriousOn(page)).toEqual([]);
      await keepPicture(page, 'paused-1280');

      await page.getByRole('button', { name: 'Resume' }).click();
      await waitForSteps(page, 3);
      expect(await shownOn(page)).toBe(await shownOn(watcher));
      // Not a second is missing of those that were not shown.
      const seconds = recorded.seconds();
      await page.locator('.chart .as-table summary').first().click();
      const rows = page.locator('.chart .as-table tbody tr');
      await rows.nth(Math.min(25, seconds) - 1).waitFor();
      for (let left = seconds - 25; left > 0; left -= 25) await page.getByRole('button', { name: 'Later' }).click();
      expect(await rows.count()).toBe(seconds % 25 || 25);
      await watcher.close();
    },
    TIMEOUT_MS,
  );

  it(
    'can be seen and stopped in a person’s own colours, in large text, on a small screen and on the dashboards',
    async () => {
      await page.emulateMedia({ forcedColors: 'active' });
      expect(await seriousOn(page)).toEqual([]);
      expect(await coloursDrawn(page)).toContain(await systemColour(page, 'LinkText'));
      await keepPicture(page, 'forced-light-live');
      await page.emulateMedia({ forcedColors: 'none' });
      const asked = await setTextSize(page, 2);
      await page.reload();
      await waitForSteps(page, 3);
      await expectAllText(page);
      await keepPicture(page, 'text-live');
      await asked.detach();
      await page.setViewportSize({ width: 320, height: 720 });
      await page.reload();
      await waitForSteps(page, 3);
      await expectAllText(page);
      await keepPicture(page, 'width-320-live');
      await page.setViewportSize(SCREEN);
      await page.goto(`${told.url}/runs/${id}/dashboards/run`);
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByText('The run continues').waitFor();
      await page.goto(`${told.url}/runs/${id}`);
      await waitForSteps(page, 3);
    },
    TIMEOUT_MS,
  );

  it(
    'are not stopped by a key of somebody who turned single keys off, on any later day',
    async () => {
      await page.keyboard.press('?');
      const switchOf = page.getByRole('checkbox', { name: 'Single-key shortcuts (p, ?)' });
      await switchOf.uncheck();
      await page.keyboard.press('Escape');
      await page.reload();
      await waitForSteps(page, 3);
      await page.keyboard.press('p');
      await page.keyboard.press('?');
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(1);

      expect(await page.getByText('acknowledged write', { exact: true }).count()).toBe(0);
      await page.getByRole('button', { name: 'Glossary and keys' }).click();
      await page.getByText('acknowledged write', { exact: true }).waitFor();
      await switchOf.check();
      // In a dialog a key belongs to what is asked there.
      await page.keyboard.press('p');
      await page.keyboard.press('Escape');
      expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(1);
      await page.keyboard.press('p');
      await page.getByRole('button', { name: 'Resume' }).waitFor();
    },
    TIMEOUT_MS,
  );

  it(
    'stand still at the verdict, which is told all the same',
    async () => {
      const still = await page.locator('.verdict.running h1').innerText();
      recorded.tellEnd();
      const verdict = (recorded.events.at(-1) as Extract<RunEvent, { type: 'verdict' }>).lines[0] ?? '';
      expect(verdict).toMatch(/^▲ .+ limits this run at /);
      await page.locator('main > .unseen[aria-live]').getByText(verdict).waitFor();
      expect(await page.locator('.paused').innerText()).toContain(`The run has ended: ${verdict}`);
      expect(await page.locator('.verdict.running h1').innerText()).toBe(still);
      await page.keyboard.press('p');
      await page.locator('.report .verdict h1').waitFor();
      expect(await page.locator('.report .verdict h1').innerText()).toBe(verdict);
      expect(await page.locator('main > .unseen[aria-live]').innerText()).toBe(verdict);
    },
    TIMEOUT_MS,
  );
});

/** The biggest site that can be asked for and has forty hosts, one of them down and one at its limit. */
describe('forty hosts', () => {
  const settings = ['web.count=16', 'db-replica.count=10', 'cache.count=8', 'edge.count=4'];
  const topology = applySettings(stageByNumber(6).topology, settings, declarations);
  const hosts = topology.tiers.flatMap(({ name, count }) => Array.from({ length: count }, (_, index) => `${name}-${index + 1}`));
  let live = '';

  beforeAll(() => {
    const manifest: Manifest = { ...recorded.manifest, run: 'f0rt', stage: 6, slug: topology.slug, topology, set: settings };
    live = `${told.url}/runs/${manifest.run}`;
    const going = told.begin(manifest);
    const [step] = recorded.events.filter((event) => event.type === 'step-started' && event.step === 3);
    const [second] = recorded.events.filter((event) => event.type === 'live');
    going.append({ type: 'host', atMs: 0, host: 'web-9', kind: 'killed', detail: 'asked for' });
    going.append(step as RunEvent);
    going.append({
      ...(second as Extract<RunEvent, { type: 'live' }>),
      use: hosts.map((host, index) => ({ host, kind: 'cpu', busy: host === 'web-7' ? 0.97 : 0.04 + 0.02 * index, limit: 0.1 })),
    });
  });

  it('are forty', () => expect(hosts).toHaveLength(40));

  it.each([390, 768, 1280])(
    'are all told at %i px, with text that can be read',
    async (width) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(live);
      await page.locator('.topology').getByText('97').first().waitFor();
      expect(await seriousOn(page)).toEqual([]);
      expect(await sidewaysOf(page)).toBeLessThanOrEqual(0);
      await keepPicture(page, `forty-${width}`);
      const picture = page.locator('.topology svg');
      if ((await picture.count()) === 0) {
        const rows = await page.locator('.topology tbody tr').allInnerTexts();
        expect(rows.map((row) => row.trim().split(/\s/)[0])).toEqual(hosts);
        expect(rows[hosts.indexOf('web-9')]).toMatch(/down$/);
        return;
      }
      const cells = await Promise.all(
        (await picture.locator('[data-host]').all()).map(async (cell) => ({
          host: await cell.getAttribute('data-host'),
          words: await cell.locator('[data-cpu]').textContent(),
          box: await cell.locator('.cell').boundingBox(),
        })),
      );
      expect(cells.map(({ host }) => host)).toEqual(hosts);
      for (const [index, a] of cells.entries())
        for (const b of cells.slice(index + 1))
          expect({ a: a.host, b: b.host, over: overlap(a.box, b.box) }).toEqual({ a: a.host, b: b.host, over: false });
      expect(cells.find(({ host }) => host === 'web-9')?.words).toBe('✕');
      expect(await picture.locator('[data-foot="web"] tspan').allTextContents()).toEqual(['✕ web-9 down', 'web-7 97 %', '']);
      // Text has 12 px in the picture's own measure.
      const scale = ((await picture.boundingBox())?.width ?? 0) / Number((await picture.getAttribute('viewBox'))?.split(' ')[2]);
      expect(scale).toBeGreaterThanOrEqual(0.9);
    },
    TIMEOUT_MS,
  );

  it('have a picture on a screen, and a table where it has no room', async () => {
    await page.setViewportSize(SCREEN);
    await page.goto(live);
    await page.locator('.topology svg [data-host="web-16"]').waitFor();
    await page.setViewportSize({ width: 390, height: 800 });
    await page.locator('.topology tbody tr').nth(39).waitFor();
    expect(await page.locator('.topology svg').count()).toBe(0);
  });
});

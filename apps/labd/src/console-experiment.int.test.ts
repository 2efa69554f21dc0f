import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { seriousOn } from '@loadstair/dashboard-view/testing';
import { createStore, importRun } from '@loadstair/runs';
import type { Page } from 'playwright-core';
import { expectAllText, keepPicture } from './testing/page-checks.ts';
import { SCREEN, startToldConsole, type ToldConsole } from './testing/told-console.ts';

/** A quick experiment in which a web server lost power, as `./lab export` packed it. */
const RECORDED = join(import.meta.dirname, '../fixtures/kill-web-quick.tar.gz');
const INSTANCE = 36;
const TIMEOUT_MS = 20_000;
/** Building the console, and a browser. */
const START_MS = 60_000;

const LOOKS = [390, 768, 1280].flatMap((width) => (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })));

let told: ToldConsole;
let page: Page;
let id = '';

beforeAll(async () => {
  told = await startToldConsole(INSTANCE);
  id = await importRun(createStore(told.labFolder), RECORDED);
  page = await told.open();
  await page.goto(`${told.url}/runs/${id}`);
  await page.locator('svg.timeline').waitFor();
}, START_MS);

afterAll(() => told?.stop());

/** The page threw nothing. */
afterEach(() => expect(told.thrown()).toEqual([]));

const shownTime = (): Promise<string> => page.locator('#over-time .zoom > span').innerText();
const bars = (): Promise<number> => page.locator('#over-time rect.failed').count();
const saved = async (button: string): Promise<{ readonly name: string; readonly text: string }> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('#over-time').getByRole('button', { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
};

describe('the page of an experiment', () => {
  it(
    'shows when requests failed, with a mark for what was done',
    async () => {
      expect(await page.locator('svg.timeline').getAttribute('aria-label')).toMatch(
        /^From 0:00 to 0:\d\d at up to [\d.]+ arrivals\/s: \d+ of [\d,]+ requests failed, between 0:\d\d and 0:\d\d; p95 at most [\d,]+ ms/,
      );
      expect(await bars()).toBeGreaterThan(0);
      expect(await page.locator('#over-time ol.marks li').allInnerTexts()).toEqual([
        expect.stringMatching(/^0:0\d web-1 lost power/),
        expect.stringMatching(/^0:1\d /),
      ]);
    },
    TIMEOUT_MS,
  );

  it(
    'looks at a part of the time by buttons, and at all of it again',
    async () => {
      const [all, failing] = [await shownTime(), await bars()];
      await page.getByRole('button', { name: 'Show less time' }).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      expect(await shownTime()).not.toBe(all);
      await page.getByRole('button', { name: 'Show what lies after' }).click();
      expect(await shownTime()).not.toMatch(/^0:00/);
      await page.locator('#over-time').getByRole('button', { name: 'all' }).click();
      expect([await shownTime(), await bars()]).toEqual([all, failing]);
    },
    TIMEOUT_MS,
  );

  it(
    'looks at what the mouse is dragged over',
    async () => {
      const all = await shownTime();
      const box = await page.locator('svg.timeline').boundingBox();
      if (box === null) throw new Error('it is not drawn');
      const y = box.y + box.height / 2;
      await page.mouse.move(box.x + box.width * 0.3, y);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.6, y, { steps: 5 });
      await page.mouse.up();
      const part = await shownTime();
      expect(part).not.toBe(all);
      expect(part).not.toMatch(/^0:00/);
      await page.locator('#over-time').getByRole('button', { name: 'all' }).click();
    },
    TIMEOUT_MS,
  );

  it(
    'is saved as a drawing that needs no style sheet, and as numbers',
    async () => {
      const drawing = await saved('Save SVG');
      expect(drawing.name).toBe(`kill-web-${id}.svg`);
      expect(drawing.text).toMatch(/^<svg[^>]+xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(drawing.text).not.toContain('class=');
      expect(drawing.text).toMatch(/stroke: rgb\(0, 103, 166\)/);
      const numbers = await saved('Save CSV');
      expect(numbers.name).toBe(`kill-web-${id}.csv`);
      expect(numbers.text).toMatch(/^time_s,phase,offered_per_s,completed_per_s,requests,failed,p50_ms,p95_ms\r\n0,both,/);
    },
    TIMEOUT_MS,
  );

  it(
    'copies the command that does it again',
    async () => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: 'Copy command ./lab experiment kill-web --quick' }).click();
      await page.getByText('Copied').waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe('./lab experiment kill-web --quick');
    },
    TIMEOUT_MS,
  );

  it.each(LOOKS)(
    'has no serious fault that axe finds, and all its text, at $width px ($colorScheme)',
    async ({ width, colorScheme }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      expect(await seriousOn(page)).toEqual([]);
      await expectAllText(page);
      await keepPicture(page, `experiment-${width}-${colorScheme}`);
    },
    TIMEOUT_MS,
  );
});

describe('a trace', () => {
  const width = async (): Promise<number> => (await page.locator('.waterfall .names').boundingBox())?.width ?? 0;

  it(
    'begins when its request was due, and says what it was waited for',
    async () => {
      await page.setViewportSize(SCREEN);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(`${told.url}/runs/${id}/traces`);
      await page.locator('h2 + p + .scroll tbody a').first().click();
      await page.getByRole('heading', { name: 'Critical path' }).waitFor();
      expect(await page.locator('.waterfall th.time .at').first().innerText()).toBe('due');
      expect(await page.locator('.waterfall tbody th').first().innerText()).toBe('before the first span');
      const parts = await page.locator('table.path tbody td:nth-child(4)').allInnerTexts();
      expect(parts.length).toBeGreaterThan(1);
      expect(await page.locator('.waterfall .span.path').count()).toBeGreaterThan(0);
      expect(await page.locator('.run-header').innerText()).toMatch(/\d+ traced requests? of \//);
    },
    TIMEOUT_MS,
  );

  it(
    'gives its names more room with the arrow keys, and less',
    async () => {
      const before = await width();
      await page.getByRole('separator', { name: 'Width of the names' }).focus();
      await page.keyboard.press('ArrowRight');
      expect(await width()).toBeGreaterThan(before);
      await page.keyboard.press('Home');
      expect(await width()).toBeLessThan(before);
    },
    TIMEOUT_MS,
  );

  it.each(LOOKS)(
    'has no serious fault that axe finds, and all its text, at $width px ($colorScheme)',
    async ({ width: pixels, colorScheme }) => {
      await page.setViewportSize({ width: pixels, height: 800 });
      await page.emulateMedia({ colorScheme });
      expect(await seriousOn(page)).toEqual([]);
      await expectAllText(page);
      await keepPicture(page, `trace-${pixels}-${colorScheme}`);
    },
    TIMEOUT_MS,
  );
});

describe('report.html of an experiment', () => {
  it(
    'opens from the disk without a network, and asks for nothing else',
    async () => {
      const asked: string[] = [];
      const alone = await told.browser.newPage({ viewport: { width: 1280, height: 800 }, offline: true });
      alone.on('request', (request) => asked.push(request.url()));
      const file = `file://${join(told.labFolder, 'runs', id, 'report.html')}`;
      await alone.goto(file);
      expect(await alone.locator('h1').innerText()).toMatch(/^[✓✗×] kill-web: /);
      await alone.locator('svg.timeline').waitFor();
      expect(asked).toEqual([file]);
      expect(await seriousOn(alone)).toEqual([]);
      await keepPicture(alone, 'experiment-report');
      await alone.close();
    },
    TIMEOUT_MS,
  );
});

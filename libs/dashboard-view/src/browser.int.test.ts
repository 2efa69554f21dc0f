import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { seriousOn } from './testing/pages.ts';
import { servePage } from './testing/serve-page.ts';

/** Debian's package; the lab installs it for its tests. */
const CHROMIUM = '/usr/bin/chromium';
const UIDS = ['run', 'tiers', 'hosts', 'business', 'lab-health', 'stage-3'];
/** Many canvases at once turn blank on phones (ux.md §9); a wide screen shows more panels at once. */
const MOST_CANVASES = { 390: 12, 1280: 18 };
const TIMEOUT_MS = 60_000;

let browser: Browser;
let site: Awaited<ReturnType<typeof servePage>>;

beforeAll(async () => {
  site = await servePage();
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
}, TIMEOUT_MS);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/** Opens a dashboard; what the page complains about is kept. */
async function open(uid: string, theme: 'light' | 'dark', width: number): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(`${site.url}?uid=${uid}&theme=${theme}`);
  await page.waitForSelector('.dv-body > *');
  return { page, complaints };
}

describe.each(UIDS)('dashboard %s of a real run', (uid) => {
  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    'is drawn whole in %s at %d px',
    async (theme, width) => {
      const { page, complaints } = await open(uid, theme, width);
      try {
        const panels = await page.locator('.dv-panel').all();
        for (const panel of panels) {
          await panel.scrollIntoViewIfNeeded();
          await panel.locator('.dv-body > *').first().waitFor();
          expect(await panel.innerText()).not.toMatch(/undefined|NaN|Infinity|\{\{/);
        }
        expect(await page.locator('canvas').count()).toBeLessThanOrEqual(MOST_CANVASES[width]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        expect(complaints).toEqual([]);

        expect(await seriousOn(page)).toEqual([]);
      } finally {
        await page.close();
      }
    },
    TIMEOUT_MS,
  );
});

describe('a chart', () => {
  it(
    'is read with the keys, and a range is set with Enter at both ends',
    async () => {
      const { page } = await open('run', 'light', 1280);
      try {
        const chart = page.locator('.dv-chart').first();
        await chart.locator('canvas').waitFor();
        const canvas = (await chart.locator('canvas').boundingBox()) as { width: number };
        expect(canvas.width).toBeGreaterThan(300);
        await chart.focus();
        await page.keyboard.press('Home');
        await page.keyboard.press('Shift+ArrowRight');
        await page.waitForFunction(() =>
          /^0:20: offered [\d.]+ arrivals\/s/.test(document.querySelector('.dv-chart .dv-spoken')?.textContent ?? ''),
        );
        await page.keyboard.press('Enter');
        await page.keyboard.press('Shift+ArrowRight');
        await page.keyboard.press('Enter');
        await page.getByText('0:20–0:40').waitFor();
        await page.getByRole('button', { name: 'all', exact: true }).click();
        await page.getByText(/^0:00–\d:\d\d$/).waitFor();
      } finally {
        await page.close();
      }
    },
    TIMEOUT_MS,
  );

  it(
    'can be one step of the run, a table, and one host',
    async () => {
      const { page } = await open('hosts', 'light', 1280);
      try {
        const whole = await page.locator('.dv-zoom > span').innerText();
        await page.getByRole('button', { name: 'step 2 (load)' }).click();
        await page.waitForFunction((before) => document.querySelector('.dv-zoom > span')?.textContent !== before, whole);
        const cpu = page.locator('.dv-panel', { has: page.getByRole('heading', { name: 'CPU, share of budget', exact: true }) });
        await cpu.scrollIntoViewIfNeeded();
        await cpu.getByRole('button', { name: 'table' }).click();
        expect(await cpu.locator('th').allInnerTexts()).toEqual(['time', 'db-1', 'lb-1', 'web-1', 'web-2']);
        await page.locator('.dv-tools select').selectOption('db-1');
        expect(await cpu.locator('th').allInnerTexts()).toEqual(['time', 'db-1']);
      } finally {
        await page.close();
      }
    },
    TIMEOUT_MS,
  );
});

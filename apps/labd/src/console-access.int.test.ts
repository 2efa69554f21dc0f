import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { seriousOn } from '@loadstair/dashboard-view/testing';
import type { CDPSession, Page } from 'playwright-core';
import { coloursDrawn, expectAllText, keepPicture, setTextSize, styleOf, systemColour, tabTo } from './testing/page-checks.ts';
import { beginRecorded, type RecordedLive } from './testing/recorded-live.ts';
import { SCREEN, startToldConsole, type ToldConsole } from './testing/told-console.ts';

const INSTANCE = 28;
const TIMEOUT_MS = 20_000;
/** Building the console, and a browser. */
const START_MS = 60_000;

let told: ToldConsole;
let recorded: RecordedLive;
let page: Page;
let id = '';
let trace = '';

beforeAll(async () => {
  told = await startToldConsole(INSTANCE);
  recorded = await beginRecorded(told);
  id = recorded.id;
  recorded.tellEnd();
  page = await told.open();
}, START_MS);

afterAll(async () => {
  await told?.stop();
  recorded?.stop();
});

/** The page threw nothing. */
afterEach(() => expect(told.thrown()).toEqual([]));

describe('keys alone', () => {
  it(
    'lead from a run to its verdict, its evidence and the trace of its slowest request',
    async () => {
      await page.goto(told.url);
      await page.locator('main h1').waitFor();
      await tabTo(page, /^Runs$/);
      await page.keyboard.press('Enter');
      await page.getByRole('searchbox').waitFor();
      await tabTo(page, new RegExp(`^${id}$`));
      await page.keyboard.press('Enter');
      await page.locator('.report .verdict h1').waitFor();
      await tabTo(page, /^Chart of evidence 1$/);
      await page.keyboard.press('Enter');
      await page.getByText(/^Evidence 1 of \d+, for/).waitFor();
      await tabTo(page, /^Traces$/);
      await page.keyboard.press('Enter');
      await page.locator('tbody a').first().waitFor();
      await tabTo(page, /^(GET|POST) /);
      await page.keyboard.press('Enter');
      await page.locator('.waterfall tbody tr').nth(1).waitFor();
      trace = /\/traces\/([0-9a-f]{32}\?span=.+)$/.exec(page.url())?.[1] ?? '';
      expect(trace).not.toBe('');
    },
    TIMEOUT_MS,
  );
});

const PAGES = [
  '/',
  '/runs',
  '/runs/ID',
  '/runs/ID/evidence/1',
  '/runs/ID/dashboards/hosts',
  '/runs/ID/traces',
  '/runs/ID/traces/TRACE',
  '/runs/ID/logs',
  '/compare?runs=ID,ID',
  '/compare',
  '/compare?view=map',
  '/compare?view=trend',
  '/stages/6',
  '/labs/3',
  '/health',
] as const;
/** What draws most, in the other scheme too. */
const DRAWN = ['/runs/ID'] as const;

async function open(path: string): Promise<void> {
  await page.goto(told.url + path.replaceAll('ID', id).replace('TRACE', trace));
  await page.locator('main h1').first().waitFor();
  if (!path.includes('dashboards')) return;
  // Charts are drawn as they come near.
  await page.getByRole('heading', { name: 'CPU, share of budget', exact: true }).scrollIntoViewIfNeeded();
  await page.locator('.dv-chart canvas').first().waitFor();
}

/** A name for a picture. */
function nameOf(path: string): string {
  return path.replaceAll(/\W+/g, '-').replace(/^-|-$/g, '') || 'home';
}

describe.each(['light', 'dark'] as const)('with all colours a person’s own (%s)', (colorScheme) => {
  beforeAll(() => page.emulateMedia({ forcedColors: 'active', colorScheme }));
  afterAll(() => page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' }));

  it.each(colorScheme === 'light' ? PAGES : DRAWN)(
    '%s has no serious fault that axe finds',
    async (path) => {
      await open(path);
      expect(await seriousOn(page)).toEqual([]);
      await keepPicture(page, `forced-${colorScheme}-${nameOf(path)}`);
    },
    TIMEOUT_MS,
  );

  it(
    'the limit is told by shapes and words',
    async () => {
      await open('/runs/ID');
      expect(await page.locator('.verdict h1').innerText()).toMatch(/^▲ /);
      const named = page.locator('.topology .host.named');
      expect(await named.locator('.tag').first().textContent()).toBe('LIMIT');
      const outline = async (of: string): Promise<number> => Number.parseFloat(await styleOf(page, of, 'stroke-width'));
      expect(await outline('.host.named .cell')).toBeGreaterThan(await outline('.host:not(.named) .cell'));
      expect(await page.locator('#runs-out tr.named').first().innerText()).toMatch(/^▲ /);
      // A bar is there to be seen, and so is where a cell of the strip is at its limit.
      expect(await styleOf(page, '.host.named .bar', 'fill')).not.toBe(await systemColour(page, 'Canvas'));
      expect(await styleOf(page, '.strip .h4', 'background-color')).toBe(await systemColour(page, 'Highlight'));
    },
    TIMEOUT_MS,
  );

  it(
    'canvases are drawn in them too',
    async () => {
      await open('/runs/ID/dashboards/hosts');
      const drawn = await coloursDrawn(page);
      expect(drawn).toContain(await systemColour(page, 'CanvasText'));
      expect(drawn).toContain(await systemColour(page, 'LinkText'));
    },
    TIMEOUT_MS,
  );
});

/** Colour of a grid line where more contrast is asked for, and where it is not. */
const GRID = {
  light: ['rgb(102, 112, 128)', 'rgb(213, 218, 224)'],
  dark: ['rgb(140, 152, 164)', 'rgb(46, 54, 64)'],
} as const;

describe.each(['light', 'dark'] as const)('with more contrast (%s)', (colorScheme) => {
  beforeAll(() => page.emulateMedia({ contrast: 'more', colorScheme }));
  afterAll(() => page.emulateMedia({ contrast: 'no-preference', colorScheme: 'light' }));

  it.each(colorScheme === 'dark' ? PAGES : DRAWN)(
    '%s has text at 7:1',
    async (path) => {
      await open(path);
      expect(await seriousOn(page, ['color-contrast', 'color-contrast-enhanced'])).toEqual([]);
      await keepPicture(page, `contrast-${colorScheme}-${nameOf(path)}`);
    },
    TIMEOUT_MS,
  );

  it(
    'lines of a chart are stronger than usual',
    async () => {
      await open('/runs/ID/dashboards/hosts');
      const more = await coloursDrawn(page);
      await page.emulateMedia({ contrast: 'no-preference', colorScheme });
      await open('/runs/ID/dashboards/hosts');
      const usual = await coloursDrawn(page);
      await page.emulateMedia({ contrast: 'more', colorScheme });
      const [strong, weak] = GRID[colorScheme];
      expect([more.has(strong), more.has(weak), usual.has(strong), usual.has(weak)]).toEqual([true, false, false, true]);
    },
    TIMEOUT_MS,
  );
});

describe('text twice as large', () => {
  let asked: CDPSession;
  beforeAll(async () => {
    asked = await setTextSize(page, 2);
  });
  afterAll(() => asked.detach());

  it.each(PAGES)(
    'is all there on %s, and only tables and timelines scroll sideways',
    async (path) => {
      await open(path);
      expect(await styleOf(page, 'body', 'font-size')).toBe('30px');
      await expectAllText(page);
      await keepPicture(page, `text-${nameOf(path)}`);
    },
    TIMEOUT_MS,
  );
});

describe.each([
  ['a page at 200 %', 640],
  ['a page at 400 %', 320],
])('%s', (_zoom, width) => {
  beforeAll(() => page.setViewportSize({ width, height: 360 }));
  afterAll(() => page.setViewportSize(SCREEN));

  it.each(PAGES)(
    'has all its text on %s, and only tables and timelines scroll sideways',
    async (path) => {
      await open(path);
      await expectAllText(page);
      await keepPicture(page, `width-${width}-${nameOf(path)}`);
    },
    TIMEOUT_MS,
  );
});

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createStore, importRun, type Manifest, type RunEvent } from '@loadstair/runs';
import { stageByNumber } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import type { Page } from 'playwright-core';
import type { EventLog } from './event-log.ts';
import { keepPicture, lostTextOn, seriousOn, setTextSize, sidewaysOf } from './testing/page-checks.ts';
import { startToldConsole, type ToldConsole } from './testing/told-console.ts';

const INSTANCE = 28;
const TIMEOUT_MS = 60_000;
/** A quick run of stage 3 that named a limit, as `./lab export` packed it. */
const RECORDED = join(import.meta.dirname, '../fixtures/stage-3-quick.tar.gz');
const SCREEN = { width: 1280, height: 720 };

let told: ToldConsole;
let page: Page;
let id = '';
let events: readonly RunEvent[] = [];
let log: EventLog<RunEvent>;
let toldEvents = 0;
const errors: string[] = [];
/** The recorded run, whole: it goes on until its events have been told. */
const aside = mkdtempSync(join(tmpdir(), 'loadstair-recorded-'));

beforeAll(async () => {
  const store = createStore(aside);
  id = await importRun(store, RECORDED);
  events = store.events(id);
  told = await startToldConsole(INSTANCE);
  log = told.begin(store.manifest(id));
  page = await told.browser.newPage({ viewport: SCREEN });
  page.on('pageerror', (error) => errors.push(error.message));
}, TIMEOUT_MS);

afterAll(async () => {
  await told?.stop();
  rmSync(aside, { recursive: true, force: true });
});

/** Goes on telling what happened, up to the end of a step. */
function tellStep(step: number): void {
  const end = events.findIndex((event) => event.type === 'step' && event.step === step && event.kind === 'load');
  for (const event of events.slice(toldEvents, end + 1)) log.append(event);
  toldEvents = end + 1;
}

/** The run ends: what it came to is in its folder, then it is told. */
function tellEnd(): void {
  for (const event of events.slice(toldEvents, -1)) log.append(event);
  cpSync(join(aside, 'runs', id), join(told.labFolder, 'runs', id), { recursive: true });
  told.rest();
  log.append(events.at(-1) as RunEvent);
  log.close();
}

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
  await live.locator('.strip thead th').nth(count + 2).waitFor();
}

describe('live values', () => {
  it(
    'stand still once the key p was pressed, and the run goes on',
    async () => {
      tellStep(2);
      await page.goto(`${told.url}/runs/${id}`);
      await waitForSteps(page, 2);
      await page.keyboard.press('p');
      await page.getByRole('button', { name: 'Go on' }).waitFor();
      expect(await page.locator('.paused').innerText()).toMatch(/^Paused for 0:0\d\. What you see stands still; the run goes on/);
      expect(await page.title()).toMatch(/^Paused · /);
      const still = await shownOn(page);

      const watcher = await told.browser.newPage({ viewport: SCREEN });
      await watcher.goto(`${told.url}/runs/${id}`);
      await waitForSteps(watcher, 2);
      tellStep(3);
      await waitForSteps(watcher, 3);
      expect(await shownOn(watcher)).not.toBe(still);
      expect(await shownOn(page)).toBe(still);
      expect(await seriousOn(page)).toEqual([]);
      await keepPicture(page, 'paused-1280');

      await page.getByRole('button', { name: 'Go on' }).click();
      await waitForSteps(page, 3);
      expect(await shownOn(page)).toBe(await shownOn(watcher));
      // Not a second is missing of those that were not shown.
      const seconds = events.slice(0, toldEvents).filter(({ type }) => type === 'live').length;
      await page.locator('.chart .as-table summary').first().click();
      expect(await page.locator('.chart .as-table tbody tr').count()).toBe(Math.min(25, seconds));
      for (let left = seconds - 25; left > 0; left -= 25) await page.getByRole('button', { name: 'Later' }).click();
      expect(await page.locator('.chart .as-table tbody tr').count()).toBe(seconds % 25 || 25);
      await watcher.close();
    },
    TIMEOUT_MS,
  );

  it(
    'are not stopped by a key of somebody who turned single keys off, on any later day',
    async () => {
      await page.keyboard.press('?');
      const switchOf = page.getByRole('checkbox', { name: 'Single keys (p, ?) do something' });
      await switchOf.uncheck();
      await page.keyboard.press('Escape');
      await page.reload();
      await waitForSteps(page, 3);
      await page.keyboard.press('p');
      await page.keyboard.press('?');
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(1);

      await page.getByRole('button', { name: 'Words and keys' }).click();
      await switchOf.check();
      // In a dialog a key belongs to what is asked there.
      await page.keyboard.press('p');
      await page.keyboard.press('Escape');
      expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(1);
      await page.keyboard.press('p');
      await page.getByRole('button', { name: 'Go on' }).waitFor();
    },
    TIMEOUT_MS,
  );

  it(
    'stand still at the verdict, which is told all the same',
    async () => {
      const still = await page.locator('.verdict.running h1').innerText();
      tellEnd();
      const verdict = (events.at(-1) as Extract<RunEvent, { type: 'verdict' }>).lines[0] ?? '';
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

/** Presses Tab until what is wanted has the focus; whatever had it on the way had a ring that can be seen. */
async function tabTo(words: RegExp, most = 120): Promise<void> {
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press('Tab');
    const [name, ring] = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const style = getComputedStyle(element);
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      return [name.replace(/\s+/g, ' ').trim(), style.outlineStyle === 'none' ? 0 : Number.parseFloat(style.outlineWidth)] as const;
    });
    expect({ name, ring: ring >= 2 }).toEqual({ name, ring: true });
    if (words.test(name)) return;
  }
  throw new Error(`Nothing that says ${words} was reached in ${most} presses of Tab.`);
}

it(
  'a run leads to its verdict, its evidence and the trace of its slowest request by keys alone',
  async () => {
    await page.goto(told.url);
    await page.locator('main h1').waitFor();
    await tabTo(/^Runs$/);
    await page.keyboard.press('Enter');
    await page.getByRole('searchbox').waitFor();
    await tabTo(/limits this run at/);
    await page.keyboard.press('Enter');
    await page.locator('.report .verdict h1').waitFor();
    await tabTo(/^Chart of evidence 1$/);
    await page.keyboard.press('Enter');
    await page.getByText(/^Evidence 1 of \d+, for/).waitFor();
    await tabTo(/^Traces$/);
    await page.keyboard.press('Enter');
    await page.locator('tbody a').first().waitFor();
    await tabTo(/^(GET|POST) /);
    await page.keyboard.press('Enter');
    await page.locator('.waterfall tbody tr').nth(1).waitFor();
    expect(page.url()).toMatch(/\/traces\/[0-9a-f]{32}\?span=/);
  },
  TIMEOUT_MS,
);

const PAGES = [
  '/',
  '/runs',
  '/runs/ID',
  '/runs/ID/evidence/1',
  '/runs/ID/dashboards/hosts',
  '/runs/ID/traces',
  '/runs/ID/logs',
  '/compare?runs=ID,ID',
  '/stages/6',
  '/labs/3',
  '/health',
] as const;

async function open(path: string): Promise<void> {
  await page.goto(told.url + path.replaceAll('ID', id));
  await page.locator('main h1').first().waitFor();
  if (path.includes('dashboards')) await page.locator('.dv-chart canvas').first().waitFor();
}

/** A name for a picture. */
function nameOf(path: string): string {
  return path.replaceAll(/\W+/g, '-').replace(/^-|-$/g, '') || 'home';
}

/** Colours that are drawn on the first canvas, as `r,g,b`. */
async function colours(): Promise<Set<string>> {
  const found = await page.evaluate(() => {
    const canvas = document.querySelector('canvas') as HTMLCanvasElement;
    const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set<string>();
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) seen.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    return [...seen];
  });
  return new Set(found);
}

/** What the browser makes of a colour that has a name. */
function systemColour(name: string): Promise<string> {
  return page.evaluate((colour) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = colour;
    const [r, g, b] = getComputedStyle(probe).color.match(/\d+/g) ?? [];
    probe.remove();
    return `${r},${g},${b}`;
  }, name);
}

describe.each(['light', 'dark'] as const)('with all colours a person’s own (%s)', (colorScheme) => {
  beforeAll(() => page.emulateMedia({ forcedColors: 'active', colorScheme }));
  afterAll(() => page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' }));

  it.each(PAGES)(
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
      const width = (of: string): Promise<number> =>
        page.locator(of).first().evaluate((cell) => Number.parseFloat(getComputedStyle(cell).strokeWidth));
      expect(await width('.host.named .cell')).toBeGreaterThan(await width('.host:not(.named) .cell'));
      expect(await page.locator('#runs-out tr.named').first().innerText()).toMatch(/^▲ /);
      // A bar is there to be seen, and so is where a cell of the strip is at its limit.
      const fill = await page.locator('.host.named .bar').first().evaluate((bar) => getComputedStyle(bar).fill);
      expect(fill).not.toBe(`rgb(${(await systemColour('Canvas')).replaceAll(',', ', ')})`);
      expect(await page.locator('.strip .h4').first().evaluate((cell) => getComputedStyle(cell).backgroundColor)).toBe(
        `rgb(${(await systemColour('Highlight')).replaceAll(',', ', ')})`,
      );
    },
    TIMEOUT_MS,
  );

  it(
    'canvases are drawn in them too',
    async () => {
      await open('/runs/ID/dashboards/hosts');
      const drawn = await colours();
      expect(drawn).toContain(await systemColour('CanvasText'));
      expect(drawn).toContain(await systemColour('LinkText'));
    },
    TIMEOUT_MS,
  );
});

describe.each(['light', 'dark'] as const)('with more contrast (%s)', (colorScheme) => {
  beforeAll(() => page.emulateMedia({ contrast: 'more', colorScheme }));
  afterAll(() => page.emulateMedia({ contrast: 'no-preference', colorScheme: 'light' }));

  it.each(PAGES)(
    '%s has text at 7:1',
    async (path) => {
      await open(path);
      expect(await seriousOn(page, ['color-contrast-enhanced'])).toEqual([]);
      await keepPicture(page, `contrast-${colorScheme}-${nameOf(path)}`);
    },
    TIMEOUT_MS,
  );

  it(
    'lines of a chart are stronger than usual',
    async () => {
      await open('/runs/ID/dashboards/hosts');
      const more = await colours();
      await page.emulateMedia({ contrast: 'no-preference', colorScheme });
      await page.locator('.dv-chart canvas').first().waitFor();
      const usual = await colours();
      await page.emulateMedia({ contrast: 'more', colorScheme });
      const grid = { light: ['102,112,128', '213,218,224'], dark: ['140,152,164', '46,54,64'] }[colorScheme] as [string, string];
      expect([more.has(grid[0]), more.has(grid[1]), usual.has(grid[0]), usual.has(grid[1])]).toEqual([true, false, false, true]);
    },
    TIMEOUT_MS,
  );
});

describe('text twice as large', () => {
  beforeAll(async () => {
    await page.setViewportSize(SCREEN);
    await setTextSize(page, 2);
  });
  afterAll(() => setTextSize(page, 1));

  it.each(PAGES)(
    'is all there on %s, and only tables and timelines scroll sideways',
    async (path) => {
      await open(path);
      expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('30px');
      expect(await sidewaysOf(page)).toBeLessThanOrEqual(0);
      expect(await lostTextOn(page)).toEqual([]);
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
      expect(await sidewaysOf(page)).toBeLessThanOrEqual(0);
      expect(await lostTextOn(page)).toEqual([]);
      await keepPicture(page, `width-${width}-${nameOf(path)}`);
    },
    TIMEOUT_MS,
  );
});

/** The biggest site that can be asked for and has forty hosts, one of them down and one at its limit. */
describe('forty hosts', () => {
  const settings = ['web.count=16', 'db-replica.count=10', 'cache.count=8', 'edge.count=4'];
  const topology = applySettings(stageByNumber(6).topology, settings);
  const hosts = topology.tiers.flatMap(({ name, count }) => Array.from({ length: count }, (_, index) => `${name}-${index + 1}`));
  let live = '';

  beforeAll(() => {
    const manifest: Manifest = { ...createStore(aside).manifest(id), run: 'f0rt', stage: 6, slug: topology.slug, topology, set: settings };
    live = `${told.url}/runs/${manifest.run}`;
    const going = told.begin(manifest);
    const [step] = events.filter((event) => event.type === 'step-started' && event.step === 3);
    const [second] = events.filter((event) => event.type === 'live');
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
      const cells = await picture.locator('[data-host]').evaluateAll((all) =>
        all.map((one) => {
          const { x, y, right, bottom } = (one.querySelector('.cell') as Element).getBoundingClientRect();
          return { host: one.getAttribute('data-host'), words: one.querySelector('[data-cpu]')?.textContent, x, y, right, bottom };
        }),
      );
      expect(cells.map(({ host }) => host)).toEqual(hosts);
      for (const [index, a] of cells.entries())
        for (const b of cells.slice(index + 1))
          expect({ a: a.host, b: b.host, over: a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom }).toMatchObject({ over: false });
      expect(cells.find(({ host }) => host === 'web-9')?.words).toBe('✕');
      expect(await picture.locator('[data-foot="web"] tspan').allTextContents()).toEqual(['✕ web-9 down', 'web-7 97 %', '']);
      const scale = await picture.evaluate((svg: SVGSVGElement) => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width);
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

it('nothing threw', () => expect(errors).toEqual([]));

import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { seriousOn } from '@loadstair/dashboard-view/testing';
import { endedRun } from '@loadstair/lab/testing';
import { createStore, importRun, type RunStore } from '@loadstair/runs';
import type { Page } from 'playwright-core';
import { expectAllText, keepPicture } from './testing/page-checks.ts';
import { SCREEN, startToldConsole, type ToldConsole } from './testing/told-console.ts';

const INSTANCE = 35;
const TIMEOUT_MS = 20_000;
/** Building the console, and a browser. */
const START_MS = 60_000;
/** Runs of these stages, with data of real ones. */
const RECORDED = [
  [1, 'stage-1-quick-cpu.json.gz'],
  [2, 'stage-2-quick-web-cpu.json.gz'],
  [3, 'stage-3-quick-db-cpu.json.gz'],
] as const;

/** A run with all that was told while it went on. */
const TOLD_RUN = join(import.meta.dirname, '../fixtures/stage-3-quick.tar.gz');

let told: ToldConsole;
let store: RunStore;
let page: Page;
let ids: readonly string[] = [];
let toldRuns: readonly string[] = [];

beforeAll(async () => {
  told = await startToldConsole(INSTANCE);
  store = createStore(told.labFolder);
  const machine = { cores: cpus().length, model: cpus()[0]?.model ?? 'unknown' };
  ids = RECORDED.flatMap(([stage, name]) =>
    ['01', '02'].map((day) => endedRun(store, stage, name, { startedAt: `2026-11-${day}T12:00:00.000Z`, machine })),
  );
  endedRun(store, 3, RECORDED[2][1], { startedAt: '2026-11-03T12:00:00.000Z', machine, profile: 'reads' });
  toldRuns = await twice(TOLD_RUN);
  page = await told.open();
  await page.goto(told.url);
  await page.evaluate(`localStorage.setItem('loadstair.key', 'secret')`);
}, START_MS);

afterAll(() => told?.stop());

/** The page threw nothing. */
afterEach(() => expect(told.thrown()).toEqual([]));

/** A run and a copy under another id. */
async function twice(file: string): Promise<readonly string[]> {
  const [first, copy] = [await importRun(store, file), 'c0py'];
  cpSync(join(store.folder, first), join(store.folder, copy), { recursive: true });
  const manifest = join(store.folder, copy, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(`"run": "${first}"`, `"run": "${copy}"`));
  return [first, copy];
}

/** The id of a run in the list of those that were stored. */
function id(index: number): string {
  return ids[index] ?? '';
}

const PAGES = ['/', '/runs', '/compare', '/compare?view=map', '/compare?view=trend&stage=3&profile=mixed', '/compare?runs=A,B'];
const open = async (path: string): Promise<void> => {
  await page.goto(told.url + path.replace('A,B', toldRuns.join()));
  await page.locator('main h1').first().waitFor();
  await page.waitForLoadState('networkidle');
};

describe.each([
  [390, 844],
  [768, 1024],
  [1280, 720],
] as const)('%i px wide', (width, height) => {
  beforeAll(() => page.setViewportSize({ width, height }), TIMEOUT_MS);
  afterAll(() => page.setViewportSize(SCREEN), TIMEOUT_MS);

  it.each(PAGES.flatMap((path) => (['light', 'dark'] as const).map((colorScheme) => [path, colorScheme] as const)))(
    '%s has no serious fault that axe finds, and all its text (%s)',
    async (path, colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await open(path);
      expect(await seriousOn(page)).toEqual([]);
      await expectAllText(page);
      await keepPicture(page, `stored-${path.replaceAll(/\W+/g, '-')}-${width}-${colorScheme}`);
    },
    TIMEOUT_MS,
  );
});

describe('the first page', () => {
  it(
    'tells all steps, what was measured of each, and which are not built',
    async () => {
      await open('/');
      const steps = page.locator('.steps > li');
      const [built, planned] = [steps.filter({ has: page.locator('.thumbnail') }), page.locator('.steps .planned')];
      expect((await built.count()) + (await planned.count())).toBe(await steps.count());
      expect(await built.first().innerText()).toMatch(/[\d.]+\/s \([\d.]+–[\d.]+\)[^]*server-1 CPU[^]*2 runs/);
      expect(await built.last().innerText()).toContain('Not measured yet');
      for (const words of await planned.allInnerTexts()) expect(words).toContain('Not built yet');
      await page.getByRole('link', { name: 'Compare: Compare the 3 stages measured under mixed' }).click();
      await page.getByRole('heading', { name: 'Compared' }).waitFor();
    },
    TIMEOUT_MS,
  );
});

describe('comparing', () => {
  it(
    'takes stages and profile from the controls, and offers to run what is missing with the minutes',
    async () => {
      await open('/compare');
      const arms = page.getByRole('table').first().locator('tbody tr');
      expect(await arms.count()).toBe(3);
      await page.getByRole('checkbox', { name: /^1 / }).uncheck();
      await page.waitForURL(/stages=2%2C3/);
      await page.getByText('×', { exact: false }).first().waitFor();
      expect(await arms.count()).toBe(2);
      await page.getByRole('checkbox', { name: /^4 / }).check();
      await page.getByText(/^Stage 4 has no usable run under mixed/).waitFor();
      await page.getByRole('combobox', { name: 'Searches per stage' }).selectOption('3');
      const offer = page.getByRole('button', { name: /^Run what is missing, about \d+ min$/ });
      const minutes = async (): Promise<number> => Number(/\d+/.exec(await offer.innerText())?.[0]);
      const three = await minutes();
      await page.getByRole('combobox', { name: 'Searches per stage' }).selectOption('1');
      // Each takes some minutes, and the sum is rounded.
      expect(Math.abs(three - 3 * (await minutes()))).toBeLessThanOrEqual(2);
    },
    TIMEOUT_MS,
  );

  it(
    'draws two runs over each other, second by second',
    async () => {
      await open('/compare?runs=A,B');
      const drawing = page.getByRole('img', { name: /^Load, latency and use over time/ });
      await drawing.waitFor();
      expect(await drawing.getAttribute('aria-label')).toMatch(/\d:\d\d of load, highest achieved [\d.]+\/s; .*\d:\d\d of load/);
    },
    TIMEOUT_MS,
  );

  it(
    'leads from a cell of the heat map to the runs it comes from',
    async () => {
      await open('/compare?view=map');
      await page
        .getByRole('row', { name: /^reads/ })
        .getByRole('link')
        .click();
      await page.getByRole('heading', { name: 'Capacity over time' }).waitFor();
      await page.getByText('1 run is too few. With 8 or more').waitFor();
    },
    TIMEOUT_MS,
  );
});

describe('a stage whose lab has begun', () => {
  const hiding = 'Results of stage 3 are hidden until lab 3 is done.';
  beforeAll(async () => {
    // In the browser of one learner; all others see what they saw.
    await page.evaluate(`localStorage.setItem('loadstair.learner', 'ann')`);
    await page.goto(`${told.url}/labs/3/look`);
    await page.waitForLoadState('networkidle');
  }, TIMEOUT_MS);
  afterAll(() => page.evaluate(`localStorage.removeItem('loadstair.learner')`));

  it.each(['/compare', '/compare?view=map', '/compare?view=trend&stage=3&profile=mixed', '/compare?runs=A,B'])(
    'shows no results of it at %s',
    async (path) => {
      await page.goto(told.url + path.replace('A,B', toldRuns.join()));
      await page.getByText(hiding).waitFor();
      expect(await page.locator('main').innerText()).not.toContain('db-1 CPU');
    },
    TIMEOUT_MS,
  );

  it.each(['/', '/runs'])(
    'shows its runs at %s without what they came to',
    async (path) => {
      await open(path);
      await page.getByText('Hidden until lab 3 is done').first().waitFor();
      expect(await page.locator('main').innerText()).not.toContain('db-1 CPU');
    },
    TIMEOUT_MS,
  );
});

describe('a stored run', () => {
  it(
    'is starred in the list, and found by its star',
    async () => {
      await open('/runs');
      await page.getByRole('button', { name: `Star run ${id(0)}` }).click();
      await page.locator(`button[aria-label="Star run ${id(0)}"][aria-pressed="true"]`).waitFor();
      await page.getByRole('checkbox', { name: 'Starred' }).check();
      await page.waitForURL(/starred=1/);
      await page.getByRole('link', { name: id(1), exact: true }).waitFor({ state: 'detached' });
      expect(await page.locator('.runs tbody tr').count()).toBe(1);
    },
    TIMEOUT_MS,
  );

  it(
    'is given a name and a note, which are shown as they were typed',
    async () => {
      await open(`/runs/${id(0)}`);
      await page.getByRole('button', { name: 'Name it, add a note' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('before <b>the index</b>');
      await page.getByRole('textbox', { name: 'Note' }).fill('first line\nsecond line');
      expect(await seriousOn(page)).toEqual([]);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('before <b>the index</b>').waitFor();
      expect(await page.locator('.note').innerText()).toBe('first line\nsecond line');
      expect(store.labelOf(id(0))).toEqual({ name: 'before <b>the index</b>', note: 'first line\nsecond line', starred: true });
      await keepPicture(page, 'stored-labelled');
    },
    TIMEOUT_MS,
  );

  it(
    'is filtered by stage, kind, result and day',
    async () => {
      await open('/runs');
      await page.getByRole('combobox', { name: 'Stage' }).selectOption('2');
      await page.getByLabel('From').fill('2026-11-02');
      await page.waitForURL(/stage=2&from=2026-11-02/);
      await page.getByRole('link', { name: id(2), exact: true }).waitFor({ state: 'detached' });
      expect(await page.locator('.runs tbody tr').count()).toBe(1);
      await page.getByRole('combobox', { name: 'Kind' }).selectOption('experiment');
      await page.getByText('No run matches these filters.').waitFor();
    },
    TIMEOUT_MS,
  );

  it(
    'is deleted after a question, and only then',
    async () => {
      const last = id(5);
      await open('/runs');
      await page.getByRole('checkbox', { name: `Tick run ${last}` }).check();
      await page.getByRole('button', { name: 'Delete 1 run…' }).click();
      await page.getByRole('button', { name: 'No', exact: true }).click();
      expect(existsSync(join(store.folder, last))).toBe(true);
      await page.getByRole('button', { name: 'Delete 1 run…' }).click();
      await page.getByRole('button', { name: 'Yes', exact: true }).click();
      await page.getByRole('link', { name: last, exact: true }).waitFor({ state: 'detached' });
      expect(existsSync(join(store.folder, last))).toBe(false);
    },
    TIMEOUT_MS,
  );
});

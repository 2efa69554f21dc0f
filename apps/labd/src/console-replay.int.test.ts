import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { seriousOn } from '@loadstair/dashboard-view/testing';
import { createStore, importRun, type RunStore } from '@loadstair/runs';
import type { LiveState } from '@loadstair/runs/live-state';
import { replayOf } from '@loadstair/runs/replay';
import type { Page } from 'playwright-core';
import { expectAllText, keepPicture, tabTo } from './testing/page-checks.ts';
import { SCREEN, startToldConsole, type ToldConsole } from './testing/told-console.ts';

const INSTANCE = 56;
const TIMEOUT_MS = 20_000;
/** Building the console, and a browser. */
const START_MS = 60_000;
/** A run with all that was told while it went on. */
const TOLD_RUN = join(import.meta.dirname, '../fixtures/stage-3-quick.tar.gz');
/** A second in the middle of its climb. */
const AT = 20;

let told: ToldConsole;
let store: RunStore;
let page: Page;
let run = '';
const COPY = 'c0py';
let seconds: readonly LiveState[] = [];

beforeAll(async () => {
  told = await startToldConsole(INSTANCE);
  store = createStore(told.labFolder);
  run = await importRun(store, TOLD_RUN);
  cpSync(join(store.folder, run), join(store.folder, COPY), { recursive: true });
  const manifest = join(store.folder, COPY, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(`"run": "${run}"`, `"run": "${COPY}"`));
  seconds = replayOf(store.events(run))?.seconds ?? [];
  page = await told.open();
}, START_MS);

afterAll(() => told?.stop());

/** The page threw nothing. */
afterEach(() => expect(told.thrown()).toEqual([]));

/** CPU of a host as it was told so many seconds after load began: `38 %`. */
function cpuAt(second: number, host: string): string {
  const use = seconds[second]?.now?.use.find((one) => one.host === host && one.kind === 'cpu');
  if (use === undefined) throw new Error(`Nothing was read of ${host} at second ${second}.`);
  return `${Math.round(100 * use.busy)} %`;
}

const HOSTS = ['lb-1', 'web-1', 'web-2', 'db-1'] as const;
const TIME = '.replay .time';

async function openAt(second: number): Promise<void> {
  await page.goto(`${told.url}/runs/${run}?t=${second}`);
  await page.locator(TIME).waitFor();
}

/** What the picture says of each host. */
async function shown(within: string): Promise<string[]> {
  return Promise.all(HOSTS.map((host) => page.locator(`${within} [data-host="${host}"] [data-cpu]`).innerHTML()));
}

describe('a run that has ended', () => {
  it(
    'shows at a second what its page showed then',
    async () => {
      await openAt(AT);
      expect(await shown('.replay')).toEqual(HOSTS.map((host) => cpuAt(AT, host)));
      await page.getByRole('slider').fill(String(AT + 10));
      expect(await shown('.replay')).toEqual(HOSTS.map((host) => cpuAt(AT + 10, host)));
      expect(await shown('.replay')).not.toEqual(HOSTS.map((host) => cpuAt(AT, host)));
      await keepPicture(page, 'replay');
    },
    TIMEOUT_MS,
  );

  it(
    'is gone through by keys alone, and its second stands in the address',
    async () => {
      await page.goto(`${told.url}/runs/${run}`);
      await tabTo(page, /^Replay second by second/);
      await page.keyboard.press('Enter');
      await page.locator(TIME).waitFor();
      await tabTo(page, /^Time since load began/);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      expect(await page.locator(TIME).innerText()).toMatch(/^0:02 of /);
      await page.keyboard.press('End');
      await page.waitForURL(new RegExp(`t=${seconds.length - 1}$`));
      await page.keyboard.press('Home');
      await page.keyboard.press(' ');
      await page.getByRole('button', { name: 'Pause' }).waitFor();
      await page.keyboard.press(' ');
      await page.getByRole('button', { name: 'Play' }).waitFor();
    },
    TIMEOUT_MS,
  );

  it(
    'plays up to twenty times as fast, and stops at its end',
    async () => {
      await openAt(0);
      await page.getByRole('combobox', { name: 'Speed' }).selectOption('20');
      const begun = Date.now();
      await page.getByRole('button', { name: 'Play' }).click();
      await page.getByRole('button', { name: 'Pause' }).waitFor();
      await page.getByRole('button', { name: 'Play' }).waitFor();
      expect(await page.getByRole('slider').inputValue()).toBe(String(seconds.length - 1));
      expect((Date.now() - begun) / 1000).toBeGreaterThan((seconds.length - 1) / 20 - 0.5);
    },
    TIMEOUT_MS,
  );

  it(
    'shows one picture a second to one who asked for less motion',
    async () => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await openAt(0);
      await page.getByRole('combobox', { name: 'Speed' }).selectOption('20');
      await page.evaluate(`(() => {
        globalThis.pictures = 0;
        new MutationObserver(() => (globalThis.pictures += 1)).observe(document.querySelector('${TIME}'), { subtree: true, childList: true, characterData: true });
      })()`);
      await page.getByRole('button', { name: 'Play' }).click();
      await page.locator(TIME, { hasText: /^0:[2-9]/ }).waitFor();
      expect(await page.evaluate('globalThis.pictures')).toBeLessThanOrEqual(3);
      await page.emulateMedia({ reducedMotion: 'no-preference' });
    },
    TIMEOUT_MS,
  );
});

describe.each([
  [390, 844],
  [1280, 720],
] as const)('%i px wide', (width, height) => {
  beforeAll(() => page.setViewportSize({ width, height }), TIMEOUT_MS);
  afterAll(() => page.setViewportSize(SCREEN), TIMEOUT_MS);

  it.each(['light', 'dark'] as const)(
    'a replay and two runs side by side have no serious fault that axe finds, and all their text (%s)',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      for (const path of [`/runs/${run}?t=${AT}`, `/compare?view=side&first=${run}&second=${COPY}&t=${AT}`]) {
        await page.goto(told.url + path);
        await page.locator(TIME).waitFor();
        expect(await seriousOn(page)).toEqual([]);
        await expectAllText(page);
        await keepPicture(page, `replay-${path.includes('side') ? 'side' : 'run'}-${width}-${colorScheme}`);
      }
    },
    TIMEOUT_MS,
  );
});

it(
  'two runs of one seed stand side by side under one clock',
  async () => {
    await page.goto(`${told.url}/compare?view=side&first=${run}&second=${COPY}&t=${AT}`);
    await page.getByText(/^The same users: /).waitFor();
    const wanted = HOSTS.map((host) => cpuAt(AT, host));
    for (const id of [run, COPY]) expect(await shown(`section[aria-label="Run ${id}"]`)).toEqual(wanted);
  },
  TIMEOUT_MS,
);

describe('report.html', () => {
  it(
    'plays the run from a file, with no network and no other script',
    async () => {
      const alone = await told.browser.newContext({ offline: true, viewport: SCREEN });
      const file = await alone.newPage();
      const refused: string[] = [];
      file.on('console', (message) => refused.push(message.text()));
      await file.goto(pathToFileURL(store.report(run)).href);
      await file.evaluate(`(() => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.foreign = true';
        document.body.append(script);
      })()`);
      expect(await file.evaluate('globalThis.foreign')).toBeUndefined();
      expect(refused.join()).toContain('Content Security Policy');
      await file.getByRole('slider').focus();
      for (let press = 0; press < AT; press += 1) await file.keyboard.press('ArrowRight');
      for (const host of HOSTS) expect(await file.locator(`[data-host="${host}"] [data-cpu]`).innerHTML()).toBe(cpuAt(AT, host));
      await file.getByRole('combobox', { name: 'Speed' }).selectOption('20');
      await file.keyboard.press('Tab');
      await file.getByRole('button', { name: 'Play' }).click();
      await file.getByRole('button', { name: 'Pause' }).waitFor();
      await file.getByRole('button', { name: 'Play' }).waitFor();
      expect(await file.getByRole('slider').inputValue()).toBe(String(seconds.length - 1));
      expect(await seriousOn(file)).toEqual([]);
      await keepPicture(file, 'report-replay');
      await alone.close();
    },
    TIMEOUT_MS,
  );
});

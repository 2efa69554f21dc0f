import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findTool } from '@loadstair/runtime';
import type { Manifest, RunEvent } from '@loadstair/runs';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import type { Benches } from './bench/benches.ts';
import type { Confirmations } from './confirm/confirmations.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import type { Lab } from './lab.ts';
import type { Readings } from './reading/readings.ts';
import { startServer, type StartedServer } from './server.ts';
import { REPOSITORY } from './testing/labd-process.ts';

const INSTANCE = 26;
const PORT = 4600 - 1 + INSTANCE;
const CONSOLE = join(REPOSITORY, 'apps', 'console');
/** A second of the run is told this often: ten minutes of it take six seconds. */
const TICK_MS = 10;
/** Leaving a page a hundred times takes twenty seconds. */
const itAll = process.env['LOADSTAIR_TEST_ALL'] === '1' ? it : it.skip;
const MINUTE = 60;
const TIMEOUT_MS = 120_000;
/** A chart grows by a point a second until it has all it keeps; the engine keeps what it compiled. What was forgotten must be gone. */
const MAY_GROW_BYTES = 1024 ** 2;
/** From then on little is compiled. */
const WARM = 40;

/** A full run of stage 3 as labd told it, without its end. */
const { manifest, events } = JSON.parse(
  gunzipSync(readFileSync(join(import.meta.dirname, '../fixtures/stage-3-live.json.gz'))).toString('utf8'),
) as { readonly manifest: Manifest; readonly events: readonly RunEvent[] };
const seconds = events.filter((event) => event.type === 'live');

const folder = mkdtempSync(join(tmpdir(), 'loadstair-live-'));
const log: EventLog<RunEvent> = createEventLog();
const errors: string[] = [];
let server: StartedServer;
let browser: Browser;
let page: Page;
let inside: CDPSession;
let told = 0;

beforeAll(async () => {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  // In a process of its own: Vite's native parts do not know the objects of Jest's sandbox.
  const built = spawnSync(process.execPath, [vite, 'build', CONSOLE, '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'], {
    encoding: 'utf8',
    cwd: CONSOLE,
  });
  if (built.status !== 0) throw new Error(`Vite did not build the console: ${built.stderr}`);
  server = await startServer({
    lab: { runEvents: () => log, status: () => ({ run: manifest.run }) } as unknown as Lab,
    benches: {} as Benches,
    confirmations: {} as Confirmations,
    readings: { run: () => ({ state: 'going', manifest }) } as unknown as Readings,
    consoleFolder: folder,
    labFolder: folder,
    port: PORT,
    token: 'secret',
    onShutdown: () => {},
  });
  const tool = await findTool('chromium', { labFolder: join(REPOSITORY, '.lab'), path: process.env['PATH'] ?? '' });
  if (tool.state !== 'found') throw new Error('chromium is missing: ./lab test installs it');
  browser = await chromium.launch({ executablePath: tool.path, args: ['--no-sandbox'] });
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.on('pageerror', (error) => errors.push(error.message));
  inside = await page.context().newCDPSession(page);
  for (const event of events.filter(({ type }) => type !== 'live')) log.append(event);
  await page.goto(`${server.url}/runs/${manifest.run}`);
  await tellUntil(MINUTE);
}, TIMEOUT_MS);

afterAll(async () => {
  await browser?.close();
  log.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Goes on telling until so many seconds of load have been told; then waits until the page has shown them. */
async function tellUntil(second: number): Promise<void> {
  const startMs = seconds[0]?.atMs ?? 0;
  for (; told < second; told += 1) {
    const event = seconds[told % seconds.length] as RunEvent;
    log.append({ ...event, atMs: startMs + told * 1000 });
    await delay(TICK_MS);
  }
  const text = `second ${second} was told`;
  log.append({ type: 'action', atMs: startMs + told * 1000, text });
  await page.locator('.notes').getByText(text).waitFor();
}

/** What the page's scripts hold once what nobody holds is gone. */
async function heapBytes(): Promise<number> {
  await inside.send('HeapProfiler.collectGarbage');
  return (await inside.send('Runtime.getHeapUsage')).usedSize;
}

/** Leaves the page for another one of the console and comes back, until its charts are drawn again. */
async function leaveAndReturn(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await page.getByRole('link', { name: 'Labs' }).click();
    await page.locator('.jobs').waitFor();
    await page.goBack();
    await page.locator('.chart canvas').nth(1).waitFor();
  }
}

describe('the page of a run that goes on', () => {
  it(
    'holds as much after ten minutes as after the first',
    async () => {
      const first = await heapBytes();
      await tellUntil(10 * MINUTE);
      expectLevel('ten minutes', first, await heapBytes());
      expect(await page.locator('.chart canvas').count()).toBe(2);
      expect(errors).toEqual([]);
    },
    TIMEOUT_MS,
  );

  itAll(
    'holds as much after it was left a hundred times',
    async () => {
      await leaveAndReturn(WARM);
      const before = await heapBytes();
      const heldBefore = await inside.send('Memory.getDOMCounters');
      await leaveAndReturn(100);
      expectLevel('left a hundred times', before, await heapBytes());
      // Not one element or listener of the pages that were left.
      expect(await inside.send('Memory.getDOMCounters')).toEqual(heldBefore);
      expect(errors).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

function expectLevel(over: string, before: number, after: number): void {
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
  process.stderr.write(`heap of a live page, ${over}: ${megabytes(before)} before, ${megabytes(after)} after\n`);
  expect(after - before).toBeLessThan(MAY_GROW_BYTES);
}

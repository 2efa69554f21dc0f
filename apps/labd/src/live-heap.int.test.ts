import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Manifest, RunEvent } from '@loadstair/runs';
import type { CDPSession, Page } from 'playwright-core';
import type { EventLog } from '@loadstair/lab';
import { startToldConsole, type ToldConsole } from './testing/told-console.ts';

const INSTANCE = 26;
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

let told: ToldConsole;
let log: EventLog<RunEvent>;
let page: Page;
let inside: CDPSession;
let toldS = 0;

beforeAll(async () => {
  told = await startToldConsole(INSTANCE);
  log = told.begin(manifest);
  page = await told.open();
  inside = await page.context().newCDPSession(page);
  for (const event of events.filter(({ type }) => type !== 'live')) log.append(event);
  await page.goto(`${told.url}/runs/${manifest.run}`);
  await tellUntil(MINUTE);
}, TIMEOUT_MS);

afterAll(async () => {
  await told?.stop();
});

/** Goes on telling until so many seconds of load have been told; then waits until the page has shown them. */
async function tellUntil(second: number): Promise<void> {
  const startMs = seconds[0]?.atMs ?? 0;
  for (; toldS < second; toldS += 1) {
    const event = seconds[toldS % seconds.length] as RunEvent;
    log.append({ ...event, atMs: startMs + toldS * 1000 });
    await delay(TICK_MS);
  }
  const text = `second ${second} was told`;
  log.append({ type: 'action', atMs: startMs + toldS * 1000, text });
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
      expect(told.thrown()).toEqual([]);
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
      expect(told.thrown()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

function expectLevel(over: string, before: number, after: number): void {
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
  process.stderr.write(`heap of a live page, ${over}: ${megabytes(before)} before, ${megabytes(after)} after\n`);
  expect(after - before).toBeLessThan(MAY_GROW_BYTES);
}

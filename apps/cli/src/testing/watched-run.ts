import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startBrowser } from '@loadstair/runtime/testing';
import { consoleAddress } from './console-page.ts';
import { eventually } from './eventually.ts';
import { LAB_FOLDER, REFUSED, startLab, type Ended } from './lab-command.ts';
import { labMetricsUrl, scrape, type Exposition } from './metrics.ts';
import { watchCost } from './page-cost.ts';
import { countRepeat, MOST_REPEATS } from './repeated.ts';

const ONE_RUN_MS = 150_000;
const PAGE_COST_OVER_MS = 12_000;
export const WATCHED_RUN_MS = (1 + MOST_REPEATS) * ONE_RUN_MS;

export interface WatchedRun {
  readonly ended: Ended;
  /** What the lab served while load ran. */
  readonly during: Exposition;
  /** What the page that shows the run cost meanwhile, cores, and how much more its scripts kept, bytes. */
  readonly page: { readonly cores: number; readonly renderingCores: number; readonly grownBytes: number };
}

/**
 * Makes a run, and keeps what is looked at while it goes on.
 *
 * @param words after `./lab`, with `--json`
 * @param host that its page shows once there is something to see
 */
export async function watchedRun(words: readonly string[], instance: number, host: string): Promise<WatchedRun> {
  let watched = await watchOne(words, instance, host);
  for (let repeats = 0; watched.ended.status === REFUSED && repeats < MOST_REPEATS; repeats += 1) {
    countRepeat(watched.ended.stdout);
    rmSync(join(LAB_FOLDER, 'runs', resultOf<{ readonly run: string }>(watched.ended).run), { recursive: true, force: true });
    watched = await watchOne(words, instance, host);
  }
  return watched;
}

/** The last line of a command with `--json`. */
export function resultOf<Result>({ stdout }: Pick<Ended, 'stdout'>): Result {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result;
}

async function watchOne(words: readonly string[], instance: number, host: string): Promise<WatchedRun> {
  const command = startLab([...words]);
  const during = await eventually('a step of load is on the lab’s metrics', 100_000, async () => {
    const now = await scrape(labMetricsUrl(instance)).catch(() => null);
    return now?.value('lab_step', { kind: 'load' }) == null ? null : now;
  });
  const page = await costOfPage(`${consoleAddress(instance)}/runs/${/run=(\S+)/.exec(command.stderr())?.[1] ?? ''}`, host);
  return { ended: await command.ended, during, page };
}

/** Watches the page of a run that goes on. */
async function costOfPage(address: string, host: string): Promise<WatchedRun['page']> {
  const browser = await startBrowser();
  try {
    const shown = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await shown.goto(address);
    await shown.locator(`[data-host="${host}"] [data-cpu]`).waitFor();
    const watched = await watchCost(browser, shown);
    const before = await watched.read();
    const begun = performance.now();
    await setTimeout(PAGE_COST_OVER_MS);
    const after = await watched.read();
    await watched.stop();
    const seconds = (performance.now() - begun) / 1000;
    return {
      cores: (after.pageS - before.pageS) / seconds,
      renderingCores: (after.renderingS - before.renderingS) / seconds,
      grownBytes: after.heapBytes - before.heapBytes,
    };
  } finally {
    await browser.close();
  }
}

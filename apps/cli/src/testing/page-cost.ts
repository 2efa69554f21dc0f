import type { Browser, Page } from 'playwright-core';

/** What a page has cost so far. */
export interface PageCost {
  /** CPU time of all processes of the browser that render, s. */
  readonly cpuS: number;
  /** Of the page's scripts, once what nobody holds is gone, bytes. */
  readonly heapBytes: number;
}

/** Asks Chromium itself; the garbage collection it makes is in the CPU time of the next answer. */
export async function pageCost(browser: Browser, page: Page): Promise<PageCost> {
  const whole = await browser.newBrowserCDPSession();
  const one = await page.context().newCDPSession(page);
  try {
    const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
    await one.send('HeapProfiler.collectGarbage');
    const { usedSize } = await one.send('Runtime.getHeapUsage');
    return {
      cpuS: processInfo.filter(({ type }) => type !== 'browser').reduce((sum, { cpuTime }) => sum + cpuTime, 0),
      heapBytes: usedSize,
    };
  } finally {
    await one.detach();
    await whole.detach();
  }
}

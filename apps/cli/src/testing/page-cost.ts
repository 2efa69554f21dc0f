import type { Browser, Page } from 'playwright-core';

/** What a page has cost since it was watched. */
export interface PageCost {
  /** Work of the page's own thread: scripts, layout, painting, s. */
  readonly pageS: number;
  /** CPU time of all processes that render for the browser, s; without a graphics card they paint too. */
  readonly renderingS: number;
  /** Of the page's scripts, once what nobody holds is gone, bytes. */
  readonly heapBytes: number;
}

/** Asks Chromium itself; the garbage collection that a reading makes is in the cost of the next one. */
export async function watchCost(browser: Browser, page: Page): Promise<{ read(): Promise<PageCost>; stop(): Promise<void> }> {
  const whole = await browser.newBrowserCDPSession();
  const own = await page.context().newCDPSession(page);
  await own.send('Performance.enable');
  return {
    async read() {
      const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
      const { metrics } = await own.send('Performance.getMetrics');
      await own.send('HeapProfiler.collectGarbage');
      const { usedSize } = await own.send('Runtime.getHeapUsage');
      return {
        pageS: metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN,
        renderingS: processInfo.filter(({ type }) => type !== 'browser').reduce((sum, { cpuTime }) => sum + cpuTime, 0),
        heapBytes: usedSize,
      };
    },
    async stop() {
      await own.detach();
      await whole.detach();
    },
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import { startProcess } from '@loadstair/kit/node';

/** An opener that still runs after this long has a browser below it. */
const SETTLED_MS = 2000;

/**
 * Opens an address in the person's browser.
 *
 * @returns whether something opened it; not so where there is no desktop
 */
export async function openInBrowser(address: string, opener = 'xdg-open'): Promise<boolean> {
  const child = startProcess(opener, [address], { outlivesUs: true });
  return Promise.race([child.ended.then(({ code }) => code === 0), delay(SETTLED_MS, true, { ref: false })]);
}

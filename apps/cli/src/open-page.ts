import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** An opener that still runs after this long has a browser below it. */
const SETTLED_MS = 2000;

/**
 * Opens an address in the person's browser.
 *
 * @returns whether something opened it; not so where there is no desktop
 */
export async function openInBrowser(address: string, opener = 'xdg-open'): Promise<boolean> {
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
  child.unref();
  const ended = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (status) => resolve(status === 0));
  });
  return Promise.race([ended, delay(SETTLED_MS, true, { ref: false })]);
}

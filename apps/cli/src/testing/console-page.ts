import { join } from 'node:path';
import { labdPort } from '@loadstair/topology';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { startLab, type RunningCommand } from './lab-command.ts';

export function consoleAddress(instance: number): string {
  return `http://127.0.0.1:${labdPort(instance)}`;
}

/** labd that stays, and the address it printed, key and all. */
export async function startConsole(instance: number): Promise<{ readonly labd: RunningCommand; readonly printed: string }> {
  const labd = startLab(['console', '--instance', String(instance)]);
  const printed = await eventually('the console is served', 40_000, () => /^console {2}(\S+)$/m.exec(labd.stdout())?.[1] ?? null);
  return { labd, printed };
}

const MOST_TABS = 120;

/** Presses Tab until an element has the focus, unless it has it already. Throws when it cannot be reached so. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let press = 0; press <= MOST_TABS; press += 1) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${wanted.toString()} was not reached in ${MOST_TABS} presses of Tab.`);
}

/** Keeps pictures of the page where a person wants to look at them: on a screen and on a phone, light and dark. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['LOADSTAIR_PICTURES'];
  if (folder === undefined) return;
  for (const width of [1280, 390])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: width === 390 ? 844 : 720 });
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 720 });
}

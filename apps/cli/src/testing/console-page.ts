import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findTool } from '@loadstair/runtime';
import { labdPort } from '@loadstair/topology';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { LAB_FOLDER, startLab, type RunningCommand } from './lab-command.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export async function startBrowser(): Promise<Browser> {
  const tool = await findTool('chromium', { labFolder: LAB_FOLDER, path: process.env['PATH'] ?? '' });
  if (tool.state !== 'found') throw new Error('chromium is missing: ./lab test installs it');
  return chromium.launch({ executablePath: tool.path, args: ['--no-sandbox'] });
}

export function consoleAddress(instance: number): string {
  return `http://127.0.0.1:${labdPort(instance)}`;
}

/** labd that stays, and the address it printed, key and all. */
export async function startConsole(instance: number): Promise<{ readonly labd: RunningCommand; readonly printed: string }> {
  const labd = startLab(['console', '--instance', String(instance)]);
  const printed = await eventually('the console is served', 40_000, () => /^console {2}(\S+)$/m.exec(labd.stdout())?.[1] ?? null);
  return { labd, printed };
}

/** What axe calls serious or critical on the page, a line each. */
export async function seriousOn(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }> };
    };
    return (await axe.run()).violations;
  });
  return found
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary}`));
}

/** How far the page scrolls sideways, px. */
export async function sidewaysOf(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
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

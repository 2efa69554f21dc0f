import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const USUAL_TEXT_PX = 16;
const USUAL_FIXED_PX = 13;

/**
 * What axe calls serious or critical on the page, a line each.
 *
 * @param rules those that are off unless asked for
 */
export async function seriousOn(page: Page, rules: readonly string[] = []): Promise<string[]> {
  await page.evaluate(AXE);
  const enabled = Object.fromEntries(rules.map((rule) => [rule, { enabled: true }]));
  const found = await page.evaluate(async (asked) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: (options: object) => Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    return (await axe.run({ rules: asked, resultTypes: ['violations'] })).violations;
  }, enabled);
  return found
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary}`));
}

/** How far the page scrolls sideways, px. */
export async function sidewaysOf(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
}

/** Size of text as a person sets it in the browser; 2 is twice as large. */
export async function setTextSize(page: Page, times: number): Promise<void> {
  const inside = await page.context().newCDPSession(page);
  await inside.send('Page.setFontSizes', { fontSizes: { standard: USUAL_TEXT_PX * times, fixed: USUAL_FIXED_PX * times } });
  await inside.detach();
}

/** Text that is cut off where nobody can scroll to it, and text that leaves the screen: the element and its first words. */
export async function lostTextOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element): boolean =>
      element.closest('.scroll, .dv-table, .dv-ruler, pre, .unseen, .dv-spoken, .skip, [hidden]') !== null;
    const hides = (value: string): boolean => value === 'hidden' || value === 'clip';
    return [...document.querySelectorAll<HTMLElement>('main *, header *')]
      .filter((element) => (element.textContent ?? '').trim() !== '' && element.checkVisibility() && !scrolls(element))
      .filter((element) => {
        const { overflowX, overflowY } = getComputedStyle(element);
        const cut =
          (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
          (hides(overflowY) && element.scrollHeight > element.clientHeight + 1);
        const { left, right } = element.getBoundingClientRect();
        return cut || left < -1 || right > innerWidth + 1;
      })
      .map((element) => `${element.tagName} ${element.className}: ${(element.textContent ?? '').trim().slice(0, 40)}`);
  });
}

/** Keeps a picture of the page as it is where a person wants to look at it. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['LOADSTAIR_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

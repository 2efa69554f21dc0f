import { join } from 'node:path';
import { expect } from '@jest/globals';
import { sidewaysOf } from '@loadstair/dashboard-view/testing';
import type { CDPSession, Locator, Page } from 'playwright-core';

const USUAL_TEXT_PX = 16;
const USUAL_FIXED_PX = 13;

/**
 * Size of text as a person sets it in the browser.
 *
 * @param times 2 is twice as large
 * @returns what it ends with, when detached
 */
export async function setTextSize(page: Page, times: number): Promise<CDPSession> {
  const inside = await page.context().newCDPSession(page);
  await inside.send('Page.setFontSizes', { fontSizes: { standard: USUAL_TEXT_PX * times, fixed: USUAL_FIXED_PX * times } });
  return inside;
}

/** Runs in the page. */
const LOST_TEXT = `(() => {
  const scrolls = (element) => element.closest('.scroll, .dv-table, .dv-ruler, pre, .unseen, .dv-spoken, .skip, [hidden]') !== null;
  const hides = (value) => value === 'hidden' || value === 'clip';
  return [...document.querySelectorAll('main *, header *')]
    .filter((element) => element.textContent.trim() !== '' && element.checkVisibility() && !scrolls(element))
    .filter((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      const cut =
        (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (hides(overflowY) && element.scrollHeight > element.clientHeight + 1);
      const { left, right } = element.getBoundingClientRect();
      return cut || left < -1 || right > innerWidth + 1;
    })
    .map((element) => element.tagName + ' ' + element.getAttribute('class') + ': ' + element.textContent.trim().slice(0, 40));
})()`;

/** All text is there: none is cut off where nobody can scroll to it, and only tables and timelines scroll sideways. */
export async function expectAllText(page: Page): Promise<void> {
  expect(await sidewaysOf(page)).toBeLessThanOrEqual(0);
  // Each is an element and its first words.
  expect(await page.evaluate<string[]>(LOST_TEXT)).toEqual([]);
}

/** A style of the first element that a selector finds, as the browser has computed it. */
export function styleOf(page: Page, selector: string, name: string): Promise<string> {
  return page.evaluate(`getComputedStyle(document.querySelector('${selector}')).getPropertyValue('${name}')`);
}

/** What the browser makes of a colour that has a name: `rgb(0, 0, 0)`. */
export function systemColour(page: Page, name: string): Promise<string> {
  return page.evaluate(`(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = '${name}';
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  })()`);
}

/** Colours that are drawn on the first canvas, each like `rgb(0, 0, 0)`. */
export async function coloursDrawn(page: Page): Promise<ReadonlySet<string>> {
  const found = await page.evaluate<string[]>(`(() => {
    const canvas = document.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let at = 0; at < data.length; at += 4)
      if (data[at + 3] === 255) seen.add('rgb(' + data[at] + ', ' + data[at + 1] + ', ' + data[at + 2] + ')');
    return [...seen];
  })()`);
  return new Set(found);
}

const FOCUS = `(() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const words = element.getAttribute('aria-label') ?? element.textContent;
  return { isBody: element === document.body, words: words.replace(/\\s+/g, ' ').trim(), ringPx: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth) };
})()`;
const MOST_TABS = 120;
const THINNEST_RING_PX = 2;

/** Presses Tab until what says the words has the focus. Throws when it is not reached, or when something on the way shows no ring. */
export async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  for (let press = 0; press < MOST_TABS; press += 1) {
    await page.keyboard.press('Tab');
    const { isBody, words, ringPx } = await page.evaluate<{ isBody: boolean; words: string; ringPx: number }>(FOCUS);
    // After the last element the browser’s own bar has it.
    if (isBody) continue;
    if (ringPx < THINNEST_RING_PX) throw new Error(`Nobody sees that the focus is on ${words.slice(0, 80)}.`);
    if (wanted.test(words)) return;
  }
  throw new Error(`Nothing that says ${wanted} was reached in ${MOST_TABS} presses of Tab.`);
}

type Box = Awaited<ReturnType<Locator['boundingBox']>>;

/** Whether two things on the page are over each other. Throws when one is not drawn. */
export function overlap(a: Box, b: Box): boolean {
  if (a === null || b === null) throw new Error('One of them is not drawn.');
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Keeps a picture of the page as it is where a person wants to look at it. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['LOADSTAIR_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

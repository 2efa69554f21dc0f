import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';

const { resolve } = createRequire(import.meta.url);
const AXE = readFileSync(resolve('axe-core/axe.min.js'), 'utf8');
const VITE = join(dirname(resolve('vite/package.json')), 'bin', 'vite.js');

/**
 * Builds a page with Vite, in a process of its own: its native parts do not know the objects of Jest's sandbox.
 *
 * @param source folder of its `vite.config.mjs`
 * @param folder where it is built; what was there goes
 * @throws with what Vite said
 */
export function buildPage(source: string, folder: string): void {
  const args = [VITE, 'build', source, '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'];
  const built = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: source });
  if (built.status !== 0) throw new Error(`Vite did not build ${source}: ${built.stderr}`);
}

/**
 * What axe calls serious or critical on the page, a line each.
 *
 * @param rules no others are asked for; by default those that axe has on
 */
export async function seriousOn(page: Page, rules: readonly string[] = []): Promise<string[]> {
  await page.evaluate(AXE);
  const options = { resultTypes: ['violations'], ...(rules.length === 0 ? {} : { runOnly: [...rules] }) };
  const found = await page.evaluate(async (asked) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: (
          options: object,
        ) => Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    return (await axe.run(asked)).violations;
  }, options);
  return found
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary}`));
}

/** How far the page scrolls sideways, px. */
export async function sidewaysOf(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
}

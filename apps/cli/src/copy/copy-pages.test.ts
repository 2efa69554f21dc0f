import { expect, it } from '@jest/globals';
import { copiedPage } from './copy-pages.ts';

const BUILT = '<head><title>Loadstair</title><script type="module" crossorigin src="/assets/index-1.js"></script></head>';

it.each([
  ['', './'],
  ['runs', '../'],
  ['runs/3f9k/traces', '../../../'],
])('the page %s finds its scripts and its root from where it lies', (path, root) => {
  const page = copiedPage(BUILT, path);
  expect(page).toContain(`src="${root}assets/index-1.js"`);
  expect(page).toContain(`<meta name="loadstair-copy" content="${root}" />`);
  expect(page).not.toContain('"/assets');
});

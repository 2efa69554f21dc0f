import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { siteCss } from './site-css.ts';

it('the style sheet that is sent is what npm run site-css makes', () => {
  expect(readFileSync(join(import.meta.dirname, '../../static/site.css'), 'utf8')).toBe(siteCss());
});

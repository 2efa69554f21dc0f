import { expect, it } from '@jest/globals';
import { isAtLeast } from './is-at-least.ts';

it.each([
  ['15.18', '14.0', true],
  ['14', '14.0', true],
  ['13.9', '14.0', false],
  ['2.4.22', '2.4', true],
  ['2.40.1', '2.5', true],
  ['0.10.0', '0.9', true],
  ['0.8.9', '0.9', false],
])('%s is at least %s: %s', (version, minimum, is) => expect(isAtLeast(version, minimum)).toBe(is));

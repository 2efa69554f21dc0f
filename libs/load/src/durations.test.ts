import { expect, it } from '@jest/globals';
import { aboutWords, RUN_TAKES_S, runTakesS, searchTakesS } from './durations.ts';
import { profileByName } from './profile-by-name.ts';

it('a run takes what its loads take, and what is around them', () => {
  expect(runTakesS(profileByName('mixed'), true)).toBe(RUN_TAKES_S.quick);
  const smoke = profileByName('smoke');
  // 45 s of load; the quick form holds no load longer than 20 s.
  expect(runTakesS(smoke, false) - runTakesS(smoke, true)).toBe(25);
  expect(
    runTakesS(
      {
        steps: {
          kind: 'relative',
          loads: [
            { share: 0.5, holdS: 60 },
            { share: 1, holdS: 10 },
          ],
          settleS: 3,
        },
      },
      false,
    ),
  ).toBe(98);
});

it('more trials take longer', () => {
  // As measured: 171 and 173 s with five trials.
  expect(Math.abs(searchTakesS() - 172)).toBeLessThan(10);
  expect(searchTakesS(10)).toBeGreaterThan(searchTakesS(5));
});

it.each([
  [85, 'about 85 s'],
  [88, 'about 90 s'],
  [1, 'about 5 s'],
  [170, 'about 3 min'],
  [282, 'about 5 min'],
])('%d s are %s', (seconds, words) => expect(aboutWords(seconds)).toBe(words));

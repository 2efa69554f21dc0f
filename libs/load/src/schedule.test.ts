import { expect, it } from '@jest/globals';
import { random } from '@loadstair/kit';
import { random as randomOfK6 } from '@loadstair/loadprofiles';

it('draws the same numbers in k6, which imports no package, as everywhere else', () => {
  for (const seed of [0, 1, 13_002, -7, 2 ** 31 + 5]) {
    const [here, there] = [random(seed), randomOfK6(seed)];
    for (let draw = 0; draw < 100; draw += 1) expect(there()).toBe(here());
  }
});

import { expect, it } from '@jest/globals';
import type { ComponentKind, PlacedHost } from '@loadstair/topology';
import { checkSpace, neededMiB } from './space.ts';

const host = (component: ComponentKind): Pick<PlacedHost, 'tierSpec'> => ({
  tierSpec: { name: 'x', count: 1, cpu: 1, memoryMiB: 256, components: [component], settings: {}, public: false, distanceMs: 0 },
});

it('a site is refused before it starts when its databases would fill the disk', () => {
  const hosts = [host('site'), host('postgres'), host('postgres')];
  expect(neededMiB(hosts)).toBe(1350);
  expect(() => checkSpace('/lab', hosts, () => 1349 * 2 ** 20)).toThrow(
    expect.objectContaining({ code: 'E_NO_SPACE', exit: 6, why: '/lab has 1349 MiB free; these hosts and one run need 1350 MiB' }),
  );
  checkSpace('/lab', hosts, () => 1350 * 2 ** 20);
});

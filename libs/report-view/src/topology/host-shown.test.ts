import { expect, it } from '@jest/globals';
import type { HostReading } from './host-reading.ts';
import { hostShown } from './host-shown.ts';

const reading = (more: Partial<HostReading>): HostReading => ({
  cpu: 0.38,
  cpuWords: '38 %',
  other: 'pool 7 of 20',
  otherBusy: 0.35,
  state: 'up',
  ...more,
});

it('a card shows the words and the share of what was read', () => {
  expect(hostShown(reading({}), false)).toEqual({ cpu: '38 %', other: 'pool 7 of 20', bar: 0.38, classes: [] });
});

it('a dead host shows nothing of what was read before', () => {
  expect(hostShown(reading({ state: 'down' }), false)).toEqual({ cpu: '✕ down', other: '', bar: 0, classes: ['down'] });
});

it('a chip has room for a number or a mark, and carries its use as heat', () => {
  expect(hostShown(reading({}), true)).toMatchObject({ cpu: '38', classes: [expect.stringMatching(/^h\d$/)] });
  expect(hostShown(reading({ state: 'starting' }), true)).toMatchObject({ cpu: '…' });
  expect(hostShown(reading({ cpu: null, cpuWords: '' }), true)).toMatchObject({ cpu: '', classes: [] });
});

it('use beyond the limit fills the bar and no more', () => {
  expect(hostShown(reading({ cpu: 1.2 }), false)).toMatchObject({ bar: 1, classes: ['full'] });
});

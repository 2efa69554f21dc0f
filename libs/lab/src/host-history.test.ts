import { expect, it } from '@jest/globals';
import type { HostEvent } from '@loadstair/runtime';
import { stageByNumber } from '@loadstair/stages';
import { placeTopology } from '@loadstair/topology';
import { createHostHistory } from './host-history.ts';

const three = placeTopology(stageByNumber(3).topology, { instance: 1, labFolder: '/' });
const [first] = three.hosts;
if (first === undefined) throw new Error('no hosts');
const event = (kind: HostEvent['kind'], atMs: number): HostEvent => ({ kind, atMs, host: first.name, stands: null, detail: '' });

it('tells the hosts of a moment, and how they changed after it', () => {
  const history = createHostHistory();
  history.started(three, 1_000);
  history.onEvent(event('stopped', 5_000), three);
  history.onEvent(event('starting', 6_000), three);
  history.onEvent(event('up', 8_000), three);
  const names = (moment: number): number[] => {
    const { first: begun, changes } = history.since(moment);
    return [begun, ...changes.map(({ placement }) => placement)].map(({ hosts }) => hosts.length);
  };
  const all = three.hosts.length;
  expect(names(2_000)).toEqual([all, all - 1, all]);
  expect(history.since(2_000).changes.map(({ sinceMs }) => sinceMs)).toEqual([5_000, 8_000]);
  expect(names(5_500)).toEqual([all - 1, all]);
  expect(names(9_000)).toEqual([all]);
});

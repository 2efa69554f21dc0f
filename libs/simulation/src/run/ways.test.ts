import { expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import { stageByNumber } from '@loadstair/stages';
import { applySettings, placeTopology } from '@loadstair/topology';
import { Ways } from './ways.ts';

const waysOf = (stage: number, ...set: string[]) =>
  new Ways(placeTopology(applySettings(stageByNumber(stage).topology, set, declarations), { instance: 1, labFolder: '/lab' }));

it('are long from another place only', () => {
  const ways = waysOf(6);
  expect(['east', 'west'].map((place) => ways.fromTo(place, 'lb-1', 'http', 0))).toEqual([0, 60]);
  expect(['east', 'west'].map((place) => ways.fromTo(place, 'edge-2', 'http', 0))).toEqual([60, 0]);
});

it('grow while databases move away, and for nobody else', () => {
  const ways = waysOf(4, 'db.distance=3');
  ways.creep('sql', 10, 1000, 2000);
  expect([1000, 2000, 3000, 3001].map((nowMs) => ways.fromTo('east', 'db-1', 'sql', nowMs))).toEqual([3, 13, 23, 3]);
  expect(ways.fromTo('east', 'db-1', 'wal', 2000)).toBe(3);
});

import { expect, it } from '@jest/globals';
import { simulatedStages } from '@loadstair/stages/simulated';
import { inRounds, turnOf } from './case.ts';

it('lines come round by round, each round through all stages', () => {
  const rounds = new Map([
    [1, [['a'], ['b', 'c']]],
    [2, [['d', 'e']]],
    [3, [[], ['f'], ['g']]],
  ]);
  const lines = inRounds(simulatedStages.slice(0, 3), ({ topology }) => rounds.get(topology.stage) ?? []);
  expect(lines.map(({ stage, line }) => `${stage.topology.stage}${line}`)).toEqual(['1a', '2d', '2e', '1b', '1c', '3f', '3g']);
});

it('what came later is taken between rounds, and changes nothing of what was there', () => {
  const turns = Array.from({ length: 10 }, (_, n) => turnOf(n, 3, 2));
  expect(turns.map(({ later, n }) => `${later ? 'b' : 'a'}${n}`)).toEqual(['a0', 'a1', 'a2', 'b0', 'b1', 'a3', 'a4', 'a5', 'b2', 'b3']);
  expect(Array.from({ length: 4 }, (_, n) => turnOf(n, 3, 0))).toEqual([0, 1, 2, 3].map((n) => ({ later: false, n })));
});

it('every stage has cases of its own', () => {
  const singles = inRounds(simulatedStages, (stage) => stage.singles);
  for (const stage of simulatedStages) expect(singles.some((line) => line.stage === stage)).toBe(true);
});

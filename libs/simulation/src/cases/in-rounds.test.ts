import { expect, it } from '@jest/globals';
import { simulatedStages } from '@loadstair/stages/simulated';
import { inRounds } from './case.ts';

it('lines come round by round, each round through all stages', () => {
  const rounds = new Map([
    [1, [['a'], ['b', 'c']]],
    [2, [['d', 'e']]],
    [3, [[], ['f'], ['g']]],
  ]);
  const lines = inRounds(simulatedStages.slice(0, 3), ({ topology }) => rounds.get(topology.stage) ?? []);
  expect(lines.map(({ stage, line }) => `${stage.topology.stage}${line}`)).toEqual(['1a', '2d', '2e', '1b', '1c', '3f', '3g']);
});

it('every stage has cases of its own', () => {
  const singles = inRounds(simulatedStages, (stage) => stage.singles);
  for (const stage of simulatedStages) expect(singles.some((line) => line.stage === stage)).toBe(true);
});

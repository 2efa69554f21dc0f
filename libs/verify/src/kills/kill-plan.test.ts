import { describe, expect, it } from '@jest/globals';
import { EXAMPLE_EXPERIMENT } from '@loadstair/stages';
import { KILL_COMMANDS, KILL_STAGES, KILL_TARGETS, killArguments, killPlan } from './kill-plan.ts';

const rounds = Array.from({ length: 200 }, (_, round) => killPlan(7, round));

describe('the plan of a round', () => {
  it('is the same for the same seed, whatever was planned before', () => {
    expect(killPlan(7, 150)).toEqual(rounds[150]);
    expect(rounds).not.toEqual(rounds.map((_, round) => killPlan(8, round)));
  });

  it('visits every command, stage and phase, and begins with every target', () => {
    expect(new Set(rounds.map(({ command }) => command))).toEqual(new Set(KILL_COMMANDS));
    expect(new Set(rounds.map(({ stage }) => stage))).toEqual(new Set(KILL_STAGES));
    expect(new Set(rounds.map(({ phase }) => phase))).toEqual(new Set(['start', 'warm-up', 'load']));
    for (const target of KILL_TARGETS) expect(rounds.filter(({ targets }) => targets[0] === target).length).toBeGreaterThan(20);
  });

  it('visits the stages that bring a component', () => {
    expect(KILL_STAGES).toEqual([1, 3, 5, 6]);
  });

  it('names each target once and a moment within its phase', () => {
    for (const { targets, seconds, command, phase, pick } of rounds) {
      expect([...targets].sort()).toEqual([...KILL_TARGETS].sort());
      expect(seconds).toBeGreaterThanOrEqual(0.2);
      expect(seconds).toBeLessThanOrEqual(command === 'down' ? 2 : phase === 'start' ? 12 : 8);
      expect(pick).toBeLessThan(1);
    }
  });

  it('waits for load only where there is load', () => {
    expect(rounds.filter(({ command, phase }) => phase !== 'start' && (command === 'up' || command === 'down'))).toEqual([]);
  });

  it('hits the start of labd, which takes a second', () => {
    const first = rounds.filter(({ command, phase, seconds }) => command !== 'down' && phase === 'start' && seconds <= 1.2);
    expect(first.length).toBeGreaterThan(15);
  });

  it('kills k6 more often where it runs', () => {
    const loaded = rounds.filter(({ phase }) => phase !== 'start');
    expect(loaded.filter(({ targets }) => targets[0] === 'k6').length).toBeGreaterThan(0.35 * loaded.length);
  });

  it('is a command line that never asks', () => {
    expect(killArguments({ command: 'run', stage: 5 }, 55)).toEqual(['run', '5', '--quick', '--instance', '55', '--no-input']);
    expect(killArguments({ command: 'experiment', stage: 3 }, 55)).toContain(EXAMPLE_EXPERIMENT.name);
  });
});

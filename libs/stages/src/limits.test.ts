import { describe, expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import { applySettings, keysOf, validate, type SettingError } from '@loadstair/topology';
import { stages } from './catalogue.ts';

/** What another setting must be so that the biggest value fits beside it. */
const ROOM: Readonly<Record<string, (tier: string) => readonly string[]>> = {
  pool: () => ['web.count=1'],
  sync: () => ['db-replica.count=16'],
  maxmemory: (tier) => [`${tier}.memory=1024`, `${tier}.overprovision=0`],
  overprovision: (tier) => [`${tier}.memory=1024`],
};

const cases = stages.flatMap(({ topology }) =>
  topology.tiers.flatMap((tier) =>
    keysOf(topology, tier, declarations).flatMap(([name, key]) => ('words' in key ? [] : [{ topology, tier: tier.name, name, key }])),
  ),
);
const roomFor = (topology: { readonly tiers: readonly { readonly name: string }[] }, tier: string, name: string): readonly string[] =>
  (ROOM[name]?.(tier) ?? []).filter((set) => topology.tiers.some((one) => set.startsWith(`${one.name}.`)));

describe('limits of every number of every stage', () => {
  it('are values that work', () => {
    expect(cases.length).toBeGreaterThan(60);
    for (const { topology, tier, name, key } of cases) {
      for (const value of [key.low, key.high]) {
        const set = applySettings(topology, [...roomFor(topology, tier, name), `${tier}.${name}=${value}`], declarations);
        expect(validate(set, declarations)).toEqual([]);
      }
    }
  });

  it('are what is advised beyond them', () => {
    for (const { topology, tier, name, key } of cases) {
      for (const beyond of [key.low - 1, key.high + 1]) {
        let refused: SettingError | null = null;
        try {
          applySettings(topology, [...roomFor(topology, tier, name), `${tier}.${name}=${beyond}`], declarations);
        } catch (error) {
          refused = error as SettingError;
        }
        expect(refused?.code).toBe('E_SETTING');
        const advised = /^--set (\S+)$/.exec(refused?.do ?? '')?.[1] ?? '';
        expect(validate(applySettings(topology, [...roomFor(topology, tier, name), advised], declarations), declarations)).toEqual([]);
      }
    }
  });
});

it.each([
  [2, 'web.memory=64', 'memory limit of each host) must be a whole number from 168 to 1024 MiB', '--set web.memory=168'],
  [1, 'server.memory=160', 'memory limit of each host) must be a whole number from 232 to 1024 MiB', '--set server.memory=232'],
  [2, 'web.cpu=0.05', 'CPU budget of each host, in lab CPUs) must be 0.1 to 4', '--set web.cpu=0.1'],
])('stage %s refuses %s before the start', (number, set, why, advice) => {
  const stage = stages[number - 1];
  if (stage === undefined) throw new Error('no such stage');
  expect(() => applySettings(stage.topology, [set], declarations)).toThrow(
    expect.objectContaining({ code: 'E_SETTING', exit: 2, why: expect.stringContaining(why), do: advice }),
  );
});

it.each([
  [3, ['web.pool=200'], '2 web × (pool 200 + 1) = 402 connections; a database accepts 394', '--set web.pool=196'],
  [3, ['web.count=4', 'web.pool=100'], '4 web × (pool 100 + 1) = 404', '--set web.pool=97'],
])('stage %s refuses %j: more connections than the database takes', (number, sets, why, advice) => {
  const stage = stages[number - 1];
  if (stage === undefined) throw new Error('no such stage');
  expect(() => applySettings(stage.topology, sets, declarations)).toThrow(
    expect.objectContaining({ code: 'E_SETTING', exit: 2, why: expect.stringContaining(why), do: advice }),
  );
});

import { expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import { keysOf } from '@loadstair/topology';
import { stages } from './catalogue.ts';
import { settingLines, settingsOfStages } from './setting-lines.ts';

it.each(stages)('every setting of a stage is listed, in 80 columns (%#)', ({ topology }) => {
  const lines = settingLines(settingsOfStages(topology.stage));
  expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
  const named = lines.flatMap((line) => /^ {2}([\w.-]+)/.exec(line)?.[1] ?? []);
  expect(named).toEqual(topology.tiers.flatMap((tier) => keysOf(topology, tier, declarations).map(([name]) => `${tier.name}.${name}`)));
});

it('a line says what a setting means and takes', () => {
  const text = settingLines(settingsOfStages(5)).join('\n');
  const unwrapped = text.replace(/\s+/g, ' ');
  expect(unwrapped).toMatch(/ cache\.policy=allkeys-lru [^:]+: allkeys-lru, allkeys-lfu, volatile-ttl; live/);
  expect(unwrapped).toMatch(/ web\.memory=256 [^:]+: 168 to 1024 MiB web\./);
  // Not set in the stage: what the component does by itself, and nothing where a fault is off.
  expect(unwrapped).toMatch(/ lb\.sticky=cookie /);
  expect(unwrapped).toMatch(/ web\.block fault: /);
});

it('without a stage, every tier there is has its settings once', () => {
  const rows = settingsOfStages();
  const tiers = new Set(stages.flatMap(({ topology }) => topology.tiers.map(({ name }) => name)));
  expect(new Set(rows.map(({ tier }) => tier))).toEqual(tiers);
  const names = rows.map(({ tier, key }) => `${tier}.${key}`);
  expect(names).toEqual([...new Set(names)]);
  expect(settingLines(rows).filter((line) => [...line].length > 80)).toEqual([]);
});

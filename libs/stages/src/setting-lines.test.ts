import { expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import { keysOf } from '@loadstair/topology';
import { stages } from './catalogue.ts';
import { settingLines } from './setting-lines.ts';

it.each(stages)('every setting of a stage is listed, in 80 columns (%#)', ({ topology }) => {
  const lines = settingLines(topology);
  expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
  const named = lines.flatMap((line) => /^ {2}(\S+)/.exec(line)?.[1] ?? []);
  expect(named).toEqual(topology.tiers.flatMap((tier) => keysOf(topology, tier, declarations).map(([name]) => `${tier.name}.${name}`)));
});

it('a line says what a setting means and takes', () => {
  const text = settingLines((stages[4] as (typeof stages)[number]).topology).join('\n');
  expect(text).toMatch(/ {2}cache\.policy +which entry goes when memory is full: allkeys-lru,\s+allkeys-lfu, volatile-ttl/);
  expect(text).toMatch(/ {2}web\.memory +MiB of one host: 168 to 1024 MiB, whole/);
});

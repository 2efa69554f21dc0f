import { expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import { validate } from '@loadstair/topology';
import { benched } from './benched.ts';
import { stages } from './catalogue.ts';

it('benches what one stage each declares', () => {
  expect(stages.filter(({ bench }) => bench?.run)).toHaveLength(1);
  expect(stages.filter(({ bench }) => bench?.telemetry)).toHaveLength(1);
  expect(benched().run).toBe(3);
  expect(() => benched(stages.slice(0, 1))).toThrow('to be benched');
});

it('measures telemetry on two tiers that differ in it alone, and that clients reach', () => {
  const topology = benched().telemetry('with', 'without');
  const [full, bare] = ['with', 'without'].map((name) => topology.tiers.find((tier) => tier.name === name));
  expect(bare).toEqual({ ...full, name: 'without', settings: { site: { ...full?.settings['site'], telemetry: 'off' } } });
  expect(topology.links.filter(({ from }) => from === 'clients').map(({ to }) => to)).toEqual(['with', 'without']);
  expect(validate(topology, declarations)).toEqual([]);
});

import { expect, it } from '@jest/globals';
import { watchLimits } from './limit-watch.ts';

const MIB = 2 ** 20;
const host = (quotaCores: number | null, memoryLimitBytes: number | null = 256 * MIB) => ({
  host: 'web-2',
  quotaCores,
  memoryLimitBytes,
  planned: { quotaCores: 0.1, memoryLimitBytes: 256 * MIB },
});

it('says nothing of limits that are as planned, but for what the kernel rounds', () => {
  const changed = watchLimits();
  expect(changed([host(0.1)])).toEqual([]);
  expect(changed([host(0.1004, 256 * MIB - 4096)])).toEqual([]);
});

it('says once what somebody changed, and again when it was put right in between', () => {
  const changed = watchLimits();
  expect(changed([host(0.05)])).toEqual(['web-2 has 0.05 cores, planned 0.1 cores']);
  expect(changed([host(0.05)])).toEqual([]);
  expect(changed([host(null, 512 * MIB)])).toEqual(['web-2 has no CPU limit, planned 0.1 cores', 'web-2 has 512 MiB, planned 256 MiB']);
  expect(changed([host(0.1)])).toEqual([]);
  expect(changed([host(0.05)])).toHaveLength(1);
});

it('expects no quota while budgets are lifted, and nothing where there are no control groups', () => {
  const changed = watchLimits();
  const lifted = { quotaCores: null, memoryLimitBytes: 256 * MIB };
  expect(changed([{ ...host(null), planned: lifted }])).toEqual([]);
  expect(changed([{ ...host(0.1), planned: lifted }])).toEqual(['web-2 has 0.1 cores, planned no CPU limit']);
  expect(changed([{ ...host(null, null), planned: null }])).toEqual([]);
});

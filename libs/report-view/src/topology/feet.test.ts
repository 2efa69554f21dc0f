import { expect, it } from '@jest/globals';
import { footLines, type ChipHost } from './feet.ts';

const chip = (host: string, cpu: number | null, more: { readonly state?: string; readonly named?: boolean } = {}): ChipHost => ({
  host,
  reading: { cpu, cpuWords: cpu === null ? '' : `${Math.round(100 * cpu)} %`, other: '', otherBusy: null, state: more.state ?? 'up' },
  named: more.named ?? false,
});

it('says who uses most while nothing is at its limit, and nothing before it is measured', () => {
  expect(footLines([chip('web-1', 0.3), chip('web-2', 0.38)], 3)).toEqual(['most web-2 38 %']);
  expect(footLines([chip('web-1', null)], 3)).toEqual([]);
});

it('says who was named, who is away and who is at its limit, in this order', () => {
  const hosts = [chip('web-1', 0.93), chip('web-2', 0.99), chip('web-3', 0.1, { state: 'down' }), chip('web-4', 0.97, { named: true })];
  expect(footLines(hosts, 4)).toEqual(['▲ web-4 97 %', '✕ web-3 down', 'web-2 99 %', 'web-1 93 %']);
  expect(footLines(hosts, 3)).toEqual(['▲ web-4 97 %', '✕ web-3 down', '+ 2 more']);
});

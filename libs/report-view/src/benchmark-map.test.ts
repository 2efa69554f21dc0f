import { expect, it } from '@jest/globals';
import { benchmarkMap, type BenchmarkMap } from './benchmark-map.ts';

const cell = (stage: number, load: number | null): BenchmarkMap['rows'][number]['cells'][number] => ({
  stage,
  capacity: load === null ? null : { load, interval: [load - 1, load + 1] },
  limitedBy: `host-${stage} CPU`,
  runs: ['k3f9', 'm2x7'],
});
const drawn: BenchmarkMap = {
  stages: [
    { stage: 1, slug: 'one' },
    { stage: 2, slug: 'two' },
    { stage: 3, slug: 'three' },
  ],
  rows: [
    { profile: 'mixed', cells: [cell(1, 20), cell(2, 90)] },
    { profile: 'reads', cells: [cell(1, 5), cell(3, null)] },
  ],
};
const { text } = benchmarkMap(drawn, (profile, stage) => `/compare?profile=${profile}&stages=${stage}`);
const rows = text.split('<tr>').slice(2);

it('has a cell for each profile and stage, with its capacity, interval and limit', () => {
  expect(rows).toHaveLength(2);
  for (const row of rows) expect(row.match(/<td/g)).toHaveLength(3);
  expect(rows[0]).toMatch(/20\.0\/s<\/a>\s*<span class="part"\s*>19\.0–21\.0<\/span\s*>\s*<span class="part">host-1 CPU/);
  expect(rows[0]).toContain('href="/compare?profile=mixed&#38;stages=2"');
  expect(rows[0]).toContain('not measured');
  expect(rows[1]).toContain('no run found its capacity');
});

it('shades a cell by its share of the highest in its own row, and never in the colour of a limit', () => {
  const classes = rows.map((row) => [...row.matchAll(/class="cell h(\d)"/g)].map(([, heat]) => heat));
  expect(classes).toEqual([['0', '3'], ['3']]);
});

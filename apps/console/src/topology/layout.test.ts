import { describe, expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import { stages } from '@loadstair/stages';
import { addTier, applySettings, evolve, link, type Tier } from '@loadstair/topology';
import { densityOf, layout, type Box, type Density } from '@loadstair/report-view';

const DENSITIES: readonly Density[] = ['cards', 'rows', 'chips'];

describe.each(stages.map(({ topology }) => [topology.slug, topology] as const))('the picture of %s', (_slug, topology) => {
  it.each(DENSITIES)('is always the same (%s)', (density) => {
    expect(layout(topology, density)).toMatchSnapshot();
  });

  it.each(DENSITIES)('has no host over another, and none outside (%s)', (density) => {
    const { cells, width, height } = layout(topology, density);
    for (const [index, a] of cells.entries()) {
      expect(a.x + a.width).toBeLessThanOrEqual(width);
      expect(a.y + a.height).toBeLessThanOrEqual(height + 0.001);
      for (const b of cells.slice(index + 1)) expect({ a: a.host, b: b.host, overlap: overlap(a, b) }).toMatchObject({ overlap: false });
    }
  });
});

const three = stages[2]?.topology;
if (three === undefined) throw new Error('There is no stage 3.');

it('a line to a tier further on passes below those it does not lead to', () => {
  const last = stages[5]?.topology;
  if (last === undefined) throw new Error('There is no stage 6.');
  const { cells, wires, height } = layout(last, 'cards');
  const direct = wires.find(({ from, to }) => from === 'clients' && to === 'lb');
  const lane = Number(/V([\d.]+)H/.exec(direct?.path ?? '')?.[1]);
  const bottom = Math.max(...cells.filter(({ tier }) => tier === 'edge').map((cell) => cell.y + cell.height));
  expect(lane).toBeGreaterThan(bottom);
  expect(lane).toBeLessThanOrEqual(height);
  // What leads to the edges, and from them, goes straight.
  for (const [from, to] of [
    ['clients', 'edge'],
    ['edge', 'lb'],
  ])
    expect(wires.find((wire) => wire.from === from && wire.to === to)?.path.match(/V/g)).toHaveLength(1);
});

it('requests flow from left to right', () => {
  const { clients, cells } = layout(three, 'cards');
  const xOf = (tier: string): number => cells.find((cell) => cell.tier === tier)?.x ?? NaN;
  expect([clients.x, xOf('lb'), xOf('web'), xOf('db')]).toEqual([clients.x, xOf('lb'), xOf('web'), xOf('db')].toSorted((a, b) => a - b));
});

it('a host that was added stands below its peers, and nobody moves to another column', () => {
  const before = layout(three, 'cards').cells;
  const after = layout(three, 'cards', new Map([['web', ['web-1', 'web-2', 'web-3']]])).cells;
  expect(after.filter(({ tier }) => tier === 'web').map(({ host }) => host)).toEqual(['web-1', 'web-2', 'web-3']);
  for (const cell of before) expect(after.find(({ host }) => host === cell.host)?.x).toBe(cell.x);
});

it('replicas stand under what they follow, beside nobody, with a line straight up', () => {
  const replicated = evolve(
    three,
    { stage: 4, slug: 'replicated', title: '' },
    addTier({ ...(three.tiers.at(-1) as Tier), name: 'db-replica', count: 2 }),
    link('web', 'db-replica', 'sql'),
    link('db-replica', 'db', 'wal'),
  );
  const { cells, wires } = layout(replicated, 'cards');
  const boxOf = (host: string): Box => cells.find((cell) => cell.host === host) as Box;
  expect(boxOf('db-replica-1').x).toBe(boxOf('db-1').x);
  expect(boxOf('db-replica-1').y).toBeGreaterThan(boxOf('db-1').y + boxOf('db-1').height);
  const follows = wires.filter((wire) => wire.follows === true);
  expect(follows.map(({ from, to }) => [from, to])).toEqual([['db-replica', 'db']]);
  expect(follows[0]?.path).toMatch(/^M[\d.]+ [\d.]+V[\d.]+$/);
  for (const one of three.tiers) {
    const x = (of: typeof three): number | undefined => layout(of, 'cards').cells.find((cell) => cell.tier === one.name)?.x;
    expect(x(replicated)).toBe(x(three));
  }
});

it('forty hosts fit 1240 × 520', () => {
  const last = stages[5]?.topology;
  if (last === undefined) throw new Error('There is no stage 6.');
  const forty = applySettings(last, ['web.count=16', 'db-replica.count=10', 'cache.count=8', 'edge.count=4'], declarations);
  expect(densityOf(forty)).toBe('chips');
  const { width, height, cells, feet } = layout(forty, densityOf(forty));
  expect(cells).toHaveLength(40);
  expect(width).toBeLessThanOrEqual(1240);
  expect(height).toBeLessThanOrEqual(520);
  // Where chips have no names there is room for words below them; few hosts have names.
  expect(feet.map(({ tier }) => tier)).toEqual(forty.tiers.filter(({ count }) => count > 3).map(({ name }) => name));
  for (const foot of feet)
    for (const cell of cells) expect({ foot: foot.tier, over: cell.host, overlap: overlap(foot, cell) }).toMatchObject({ overlap: false });
});

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

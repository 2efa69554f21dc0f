import { describe, expect, it } from '@jest/globals';
import type { JudgedCandidate, Scene } from './candidate.ts';
import { connections, type ConnectionsUse } from './connections.ts';
import type { Resource, Use, UsedStep } from './resource.ts';
import type { Samples } from './samples.ts';

const own: Resource = {
  id: 'db-1/postgres/connections',
  tier: 'db',
  host: 'db-1',
  kind: 'connections',
  component: 'postgres',
  limit: 8,
  waitsOn: null,
};
const open = (busy: number): ConnectionsUse => ({ kind: 'connections', resource: own.id, busy, blocks: [] });
const pools = (refused: number | null): Use & { readonly refused?: number } => ({
  kind: 'pool',
  resource: 'web-1/site/pool',
  busy: 0.3,
  blocks: [],
  ...(refused === null ? {} : { refused }),
});
const step = (index: number, busy: number, refused: number | null): UsedStep => ({
  index,
  kind: 'load',
  offered: 10 * index,
  startMs: 0,
  endMs: 1,
  load: { completed: 10 },
  use: [open(busy), pools(refused)],
});
const sceneOf = (...failing: readonly UsedStep[]): Scene => ({
  run: { resources: [own], links: [], steps: failing },
  failing,
});
const candidate = (busy: number): JudgedCandidate<ConnectionsUse> => ({
  resource: own,
  uses: [open(busy)],
  busy,
  waiting: 0,
  holdRatio: null,
  atLimit: true,
  fullFrom: 20,
  soft: true,
});
const other = (kind: string, busy: number, fullFrom: number | null): JudgedCandidate => ({
  ...candidate(busy),
  resource: { ...own, id: `db-1/${kind}`, kind },
  uses: [],
  fullFrom,
});

describe('the connections that a database accepts', () => {
  it.each([
    ['as many as it accepts are open, and it refused more', 1, 12, true],
    ['nearly as many are open, and it refused more', 0.85, 1, true],
    ['as many as it accepts are open, and nobody wanted more', 1, null, false],
    ['far fewer are open: another database refused', 0.4, 12, false],
  ])('are at their limit where %s: %d, %s → %s', (_when, busy, refused, limits) => {
    const failing = step(3, busy, refused);
    expect(connections.atLimit(candidate(busy), sceneOf(failing))).toBe(limits);
    expect(connections.isFull(open(busy), own, sceneOf(failing).run, failing)).toBe(limits);
  });

  it.each([
    ['a CPU that was full as early', other('cpu', 0.99, 20), 'connections ran out while the CPU of their host was saturated'],
    ['a CPU that was full later', other('cpu', 0.99, 30), null],
    ['locks', other('lock', 0.8, 20), 'connections ran out while sessions waited for database locks'],
  ])('run out because of %s on their host', (_what, beside, reason) => {
    const scene = { ...sceneOf(step(2, 1, 5)), candidates: [candidate(1), beside] };
    expect(connections.explainedBy?.(candidate(1), scene)?.reason ?? null).toBe(reason);
  });

  it('are read as the open ones of those that are accepted', () => {
    const soft = [2, 4, 6, 8].map((inUse, second) => ({
      host: 'db-1',
      component: 'postgres',
      kind: 'connections',
      atMs: 1000 * second,
      inUse,
      waiting: null,
      waitSeconds: null,
      busySeconds: null,
      acquisitions: null,
    }));
    const samples: Samples = { readings: [], soft };
    const use = connections.use(own, samples, { startMs: 0, endMs: 3_000, blockS: 1 });
    expect(use?.busy).toBeGreaterThan(0.5);
    expect(use?.busy).toBeLessThanOrEqual(0.75);
    expect(connections.use({ ...own, limit: null }, samples, { startMs: 0, endMs: 3_000, blockS: 1 })).toBeNull();
  });

  it('are told with how many were refused', () => {
    const [lowest, failing] = [step(1, 0.4, null), step(3, 1, 12)];
    const finding = { resource: own, name: '', busy: 1, baseline: 0.4, waiting: 0, holdRatio: null, perArrival: null };
    const facts = connections.facts(finding, { run: sceneOf(lowest, failing).run, step: failing, lowest });
    expect(facts.map(({ text }) => text)).toEqual([
      '100 % of the 8 connections that it accepts were open in step 3, 40 % in step 1',
      'the database refused 12 connections: it had reached its connection limit (SQLSTATE 53300) in step 3',
    ]);
  });
});

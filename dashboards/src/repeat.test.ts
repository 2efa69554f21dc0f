import { describe, expect, it } from '@jest/globals';
import { stages } from '@loadstair/stages';
import { allBoards } from './all.ts';
import type { DashboardJson } from './panel-queries.ts';
import { dashboardsOf } from './read.ts';
import { repeatRows } from './repeat.ts';

const small = {
  uid: 'x',
  title: 'X',
  panels: [
    { type: 'row', id: 1, title: 'Top', gridPos: { x: 0, y: 0, w: 24, h: 1 } },
    { type: 'stat', id: 2, title: 'all', gridPos: { x: 0, y: 1, w: 6, h: 4 }, targets: [{ refId: 'A', expr: 'up' }] },
    { type: 'row', id: 3, title: '$web_tier', repeat: 'web_tier', gridPos: { x: 0, y: 5, w: 24, h: 1 } },
    {
      type: 'stat',
      id: 4,
      title: '$web_tier up',
      gridPos: { x: 0, y: 6, w: 6, h: 4 },
      targets: [{ refId: 'A', expr: 'up{tier="$web_tier"}' }],
    },
    { type: 'row', id: 5, title: '$db_tier', repeat: 'db_tier', gridPos: { x: 0, y: 10, w: 24, h: 1 } },
    { type: 'row', id: 6, title: 'End', gridPos: { x: 0, y: 11, w: 24, h: 1 } },
  ],
} as unknown as DashboardJson;

describe('rows that repeat', () => {
  const { panels = [] } = repeatRows(small, { web_tier: ['web', 'api'] });

  it('stand there once for each value, in titles and queries, and not at all without one', () => {
    expect(panels.map(({ title }) => title)).toEqual(['Top', 'all', 'web', 'web up', 'api', 'api up', 'End']);
    expect(panels[5]?.targets?.[0]?.expr).toBe('up{tier="api"}');
  });

  it('have ids of their own, the same each time', () => {
    const ids = (all: typeof panels): unknown[] => all.map(({ id }) => id);
    expect(new Set(ids(panels)).size).toBe(panels.length);
    expect(ids(repeatRows(small, { web_tier: ['api', 'web'] }).panels ?? []).sort()).toEqual(ids(panels).sort());
  });

  it('move what stands below them', () => {
    const y = (panels as unknown as { gridPos: { y: number } }[]).map(({ gridPos }) => gridPos.y);
    expect(y).toEqual([0, 1, 5, 6, 10, 11, 15]);
  });
});

describe('the dashboard of tiers', () => {
  it.each(stages)('has one row a tier of the stage, and no other (%#)', ({ topology }) => {
    const tiers = dashboardsOf(topology.stage).find(({ uid }) => uid === 'tiers');
    const rows = (tiers?.panels ?? []).filter(({ type }) => type === 'row').map(({ title }) => title);
    expect([...rows].sort()).toEqual(topology.tiers.map(({ name }) => name).sort());
    expect(JSON.stringify(tiers?.panels)).not.toMatch(/\$\w+_tier/);
  });

  it('names no tier of any stage', () => {
    const board = allBoards().find(({ dashboard }) => dashboard.uid === 'tiers') as ReturnType<typeof allBoards>[number];
    const texts = (board.dashboard.panels ?? []).flatMap((panel) => [
      panel.title ?? '',
      ...('targets' in panel ? (panel.targets ?? []).map((target) => (target as unknown as { expr: string }).expr) : []),
    ]);
    const names = new Set(stages.flatMap(({ topology }) => topology.tiers.map((tier) => tier.name)));
    for (const text of texts) for (const name of names) expect(text).not.toMatch(new RegExp(`(^|tier=")${name}\\b`));
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { panelsByKind } from '@loadstair/components/panels';
import { stages } from '@loadstair/stages';
import { METRICS, type MetricDeclaration } from '@loadstair/telemetry';
import { addTier, evolve, link } from '@loadstair/topology';
import { allBoards, fileText } from './all.ts';
import { stageBoard } from './boards/stage.ts';
import { COLOURS } from './colours.ts';
import { GENERATED } from './generated-folder.ts';
import { K6, PROMETHEUS } from './names.ts';
import { panelQueries, UnknownVariable } from './panel-queries.ts';
import { dashboardsOf } from './read.ts';
import { mixed } from './slo.ts';

const boards = allBoards();
const panelsOf = (board: (typeof boards)[number]) => (board.dashboard.panels ?? []).flatMap((panel) => ('targets' in panel ? [panel] : []));
const every = boards.flatMap((board) => panelsOf(board).map((panel) => ({ uid: board.dashboard.uid ?? '', panel })));

describe('the generated files', () => {
  it('are what the code makes: `npm run dashboards` writes them', () => {
    expect(readdirSync(GENERATED).sort()).toEqual(boards.map(({ dashboard }) => `${dashboard.uid}.json`).sort());
    for (const board of boards) expect(readFileSync(join(GENERATED, `${board.dashboard.uid}.json`), 'utf8')).toBe(fileText(board));
  });

  it('are read for a run of a stage: those of all stages and its own', () => {
    const uids = dashboardsOf(2).map(({ uid }) => uid);
    expect(uids).toContain('run');
    expect(uids.filter((uid) => uid.startsWith('stage-'))).toEqual(['stage-2']);
  });
});

describe('every dashboard', () => {
  it('has a uid of its own, and a panel only one id', () => {
    expect(new Set(boards.map(({ dashboard }) => dashboard.uid)).size).toBe(boards.length);
    for (const { dashboard } of boards) {
      const ids = (dashboard.panels ?? []).map((panel) => panel.id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('has panels beside each other, none over another, in 24 columns', () => {
    for (const { dashboard } of boards) {
      const taken = new Set<string>();
      for (const { gridPos } of dashboard.panels ?? []) {
        const { x, y, w, h } = gridPos as { x: number; y: number; w: number; h: number };
        expect(x + w).toBeLessThanOrEqual(24);
        for (let column = x; column < x + w; column += 1) {
          for (let line = y; line < y + h; line += 1) {
            expect(taken.has(`${column} ${line}`)).toBe(false);
            taken.add(`${column} ${line}`);
          }
        }
      }
    }
  });

  it.each(every.map(({ uid, panel }) => ({ name: `${uid}: ${panel.title}`, panel })))(
    '$name says what it shows, in a unit',
    ({ panel }) => {
      expect(panel.title).toMatch(/^\S.{1,39}$/);
      expect(panel.description).toMatch(/^[\p{L}].{25,260}\.$/u);
      expect(panel.fieldConfig?.defaults.unit).toMatch(/./);
      expect(panel.targets?.length).toBeGreaterThan(0);
      expect(panel.datasource).toEqual({ type: 'prometheus', uid: '$datasource' });
    },
  );

  it('has no colours but ours, and no thresholds but one line', () => {
    const colours = new Set<string>(Object.values(COLOURS));
    for (const { panel } of every) {
      const text = JSON.stringify(panel);
      for (const [, colour = ''] of text.matchAll(/"(?:fixedColor|color)":"(#[^"]+)"/g)) expect(colours.has(colour)).toBe(true);
      expect(panel.fieldConfig?.defaults.thresholds?.steps.length ?? 2).toBe(2);
    }
  });
});

describe('every query', () => {
  const queries = every.flatMap(({ uid, panel }) =>
    (panel.targets ?? []).map((target) => ({ uid, title: panel.title, expr: (target as unknown as { expr: string }).expr })),
  );
  const own = Object.values<MetricDeclaration>(METRICS).map((metric) => metric.name);
  const foreign = [...panelsByKind.values()].flatMap((panels) => panels.foreign ?? []);
  const known = new Set<string>([...own, ...[K6, PROMETHEUS].flatMap((names) => Object.values<string>(names)), ...foreign]);

  it('reads metrics that are declared', () => {
    for (const { expr } of queries) {
      // Words before a brace, a bracket or an operator that are no functions, labels or strings.
      const bare = expr
        .replaceAll(/"[^"]*"/g, '')
        .replaceAll(/\{[^}]*\}/g, '')
        .replaceAll(/(by|on) \([^)]*\)/g, '');
      const words = [...bare.matchAll(/[A-Za-z_][A-Za-z0-9_:]*(?!\w*\s*\()/g)]
        .map(([word]) => word)
        .filter((word) => word.includes('_') || word === 'up' || word === 'ALERTS');
      const names = words.filter((word) => !word.startsWith('__')).map((word) => word.replace(/_(bucket|count)$/, ''));
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((name) => !known.has(name))).toEqual([]);
    }
  });

  it('never takes a mean of percentiles, nor what k6 gives since its start', () => {
    for (const { expr } of queries) {
      expect(expr).not.toMatch(/(avg|sum|max|min)[^(]*\([^()]*histogram_quantile/);
      expect(expr).not.toMatch(/k6_\w+_(p\d+|rate|avg|med)\b/);
    }
  });

  it('has every rate over $__rate_interval or the whole time shown', () => {
    for (const { expr } of queries) {
      for (const [, interval] of expr.matchAll(/\[([^\]]+)\]/g))
        expect(['$__rate_interval', '$__range', '$__range:5s']).toContain(interval);
    }
  });

  it('is filled in with the interval its own samples need', () => {
    const ask = (uid: string, key: RegExp): string => {
      const board = boards.find(({ dashboard }) => dashboard.uid === uid);
      const found = panelQueries(JSON.parse(fileText(board as (typeof boards)[number])), {
        stepS: 2,
        rangeS: 60.4,
        variables: { host: 'web-.*' },
      });
      return found.find(({ title }) => key.test(title))?.expr ?? '';
    };
    expect(ask('hosts', /^CPU, share of budget$/)).toContain('{host=~"web-.*"}[3s]');
    expect(ask('run', /^Latency$/)).toContain('[15s]');
    expect(ask('business', /^Orders$/)).toContain('[60s]');
    // The highest of rates over 3 s: the first of them begins where the range does.
    expect(ask('stage-3', /^Highest use of every limit$/)).toMatch(/\[3s\].*\[57s:5s\]/);
  });

  it('with a variable nobody knows is an error that names it', () => {
    const dashboard = { uid: 'x', panels: [{ type: 'stat', id: 1, targets: [{ refId: 'A', expr: 'up{host="$server"}' }] }] };
    expect(() => panelQueries(dashboard, { stepS: 1, rangeS: 1, variables: {} })).toThrow(UnknownVariable);
  });
});

describe('alerts', () => {
  it('go by the SLO of the stored profiles', () => {
    const rules = readFileSync(join(GENERATED, '..', 'rules', 'alerts.yml'), 'utf8');
    const { quantile, latencyMs, errorShare } = mixed.slo;
    expect(rules.match(new RegExp(`le="${latencyMs / 1000}"`, 'g'))).toHaveLength(2);
    expect(rules.match(new RegExp(`/ ${(1 - quantile).toFixed(2)}\\n`, 'g'))).toHaveLength(2);
    expect(rules.match(new RegExp(`/ ${errorShare}\\n`, 'g'))).toHaveLength(2);
  });
});

describe('a stage that is added', () => {
  const last = stages.at(-1) as (typeof stages)[number];
  const gate = {
    name: 'gate',
    count: 1,
    cpu: 1,
    memoryMiB: 128,
    components: ['haproxy'],
    settings: {},
    public: true,
    distanceMs: 0,
  } as const;
  const topology = evolve(
    last.topology,
    { stage: 12, slug: 'gate', title: 'Gate' },
    addTier(gate, last.topology.tiers[0]?.name ?? ''),
    link('clients', 'gate', 'http'),
  );
  const { dashboard } = stageBoard({ topology, story: last.story });
  const titles = (dashboard.panels ?? []).map((panel) => panel.title ?? '');

  it('has its dashboard, its tiers as data flows, and every resource of each', () => {
    expect(dashboard.uid).toBe('stage-12');
    expect(titles.filter((title) => title.startsWith('Limits of '))).toEqual(topology.tiers.map((tier) => `Limits of ${tier.name}`));
    for (const title of ['gate CPU', 'gate memory', 'gate disk', 'gate slots', 'web pool', 'web event loop', 'db locks'])
      expect(titles).toContain(title);
  });

  it('does not give away where its limit is expected', () => {
    const moved = stageBoard({ topology, story: last.story });
    expect(JSON.stringify(moved)).toBe(
      JSON.stringify(stageBoard({ ...last, topology, expected: { tier: 'lb', resource: 'slots' } } as never)),
    );
  });
});

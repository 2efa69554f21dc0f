import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dashboardsOf, panelQueries } from '@loadstair/dashboards';
import { allBoards } from '@loadstair/dashboards/build';
import { NUMBER } from './number.ts';
import { whileRegistered } from './testing/registered.ts';

describe('the dashboards', () => {
  whileRegistered();
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'loadstair-boards-'));
    for (const { dashboard } of allBoards()) writeFileSync(join(folder, `${dashboard.uid}.json`), JSON.stringify(dashboard));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const queriesOf = (uid: string): Map<string, string[]> => {
    const board = dashboardsOf(NUMBER, folder).find((one) => one.uid === uid);
    if (board === undefined) throw new Error(`There is no dashboard ${uid}.`);
    const queries = panelQueries(board, { stepS: 1, rangeS: 60, variables: { host: '.*' } });
    return new Map([...Map.groupBy(queries, ({ title }) => title)].map(([title, all]) => [title, all.map(({ expr }) => expr)]));
  };

  it('of tiers have a row for each of its tiers: of its component, and of each Redis', () => {
    const panels = queriesOf('tiers');
    expect(panels.get('inkroom requests')).toEqual([expect.stringContaining('inkpress_stamps_total{tier="inkroom"}')]);
    expect([...panels.keys()]).toEqual(
      expect.arrayContaining([
        'inkroom use of limits',
        'cache memory for entries',
        'cloakroom memory for entries',
        'strongroom use of limits',
      ]),
    );
  });

  it('of the stage show the limit that its component declares, and what it was asked for', () => {
    const panels = queriesOf(`stage-${NUMBER}`);
    expect(panels.get('inkroom ink pads')?.[0]).toContain('tier="inkroom",resource="stamp-ink"');
    expect(panels.get('inkroom errors')?.[0]).toContain('inkpress_smudged_total');
  });
});

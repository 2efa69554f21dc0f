import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TrendAnswer } from '@loadstair/lab-api';
import { createStore, type RunStore } from '@loadstair/runs';
import { stages } from '@loadstair/stages';
import { compareReading } from './compare-reading.ts';
import { measuredReading } from './measured-reading.ts';
import { endedRun, MACHINE, STAGE_2, STAGE_3 } from './testing/stored-runs.ts';
import { trendReading } from './trend-reading.ts';

let folder: string;
let store: RunStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-measured-'));
  store = createStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function ended(stage: number, name: string, startedAt = '2026-01-01T00:00:00.000Z', profile = 'mixed'): string {
  return endedRun(store, stage, name, { startedAt, profile });
}

describe('what was measured', () => {
  it('has a row for each profile with the capacity and limit of every stage that has a run, and all steps', () => {
    const [two, three] = [ended(2, STAGE_2), ended(3, STAGE_3)];
    ended(3, STAGE_3, '2026-01-02T00:00:00.000Z', 'reads');
    const { steps, profiles, common } = measuredReading(store, MACHINE)();
    expect(steps.map(({ kind }) => kind).lastIndexOf('built')).toBe(stages.length - 1);
    expect(steps.at(-1)).toMatchObject({ kind: 'planned' });
    expect(profiles.map(({ profile }) => profile)).toEqual([common, 'reads']);
    expect(profiles[0]?.cells).toMatchObject([
      { stage: 2, runs: [two], limitedBy: 'web-1 CPU', searched: false, capacity: { load: expect.any(Number) } },
      { stage: 3, runs: [three] },
    ]);
    expect(profiles[1]?.cells).toMatchObject([{ stage: 3 }]);
  });

  it('says the same as a comparison of the same runs', () => {
    ended(2, STAGE_2);
    ended(3, STAGE_3);
    const compared = compareReading(store, { stages: [2, 3], profile: 'mixed', baseline: '' }, () => []);
    const loads = compared.kind === 'compared' ? compared.record.arms.map(({ estimate }) => estimate?.load) : [];
    expect(loads).toHaveLength(2);
    expect(measuredReading(store, MACHINE)().profiles[0]?.cells.map(({ capacity }) => capacity?.load)).toEqual(loads);
  });

  it('knows no run of another machine, and learns of a new one', () => {
    ended(2, STAGE_2);
    expect(measuredReading(store, { cores: 8, model: 'x' })().profiles).toEqual([]);
    const measured = measuredReading(store, MACHINE);
    expect(measured().profiles[0]?.cells).toHaveLength(1);
    ended(3, STAGE_3);
    expect(measured().profiles[0]?.cells).toHaveLength(2);
  });
});

describe('the trend of a stage', () => {
  it('has its runs in order of time, and says what was left out', () => {
    const later = ended(2, STAGE_2, '2026-01-02T00:00:00.000Z');
    const first = ended(2, STAGE_2, '2026-01-01T00:00:00.000Z');
    const searched = ended(2, STAGE_2, '2026-01-01T12:00:00.000Z');
    writeFileSync(join(store.folder, searched, 'capacity.json'), JSON.stringify({ kind: 'none', reason: 'nothing failed' }));
    ended(3, STAGE_3);
    store.label(first, { name: 'before the index', note: '', starred: false });
    const trend = trendReading(store, MACHINE)({ stage: 2, profile: 'mixed' });
    expect(trend.points.map(({ run, name }) => [run, name])).toEqual([
      [first, 'before the index'],
      [later, ''],
    ]);
    expect(trend).toMatchObject({ slug: 'separate-database', changes: [], levels: [expect.any(Number)], needs: 8 });
    expect(trend.left).toEqual(['1 run measured in another way, or under another SLO']);
  });

  it('is computed once, and again when a run comes, goes or gets a name', () => {
    const [first, second] = [ended(2, STAGE_2), ended(2, STAGE_2, '2026-01-02T00:00:00.000Z')];
    const trend = trendReading(store, MACHINE);
    const asked = (): TrendAnswer => trend({ stage: 2, profile: 'mixed' });
    const before = asked();
    expect(asked()).toBe(before);
    store.label(first, { name: 'renamed', note: '', starred: false });
    expect(asked().points.map(({ name }) => name)).toEqual(['renamed', '']);
    store.remove(second);
    expect(asked().points.map(({ run }) => run)).toEqual([first]);
    const third = ended(2, STAGE_2, '2026-01-03T00:00:00.000Z');
    expect(asked().points.map(({ run }) => run)).toEqual([first, third]);
  });

  it('is empty where nothing was run', () => {
    expect(trendReading(store, MACHINE)({ stage: 1, profile: 'mixed' })).toMatchObject({ points: [], levels: [], left: [] });
  });
});

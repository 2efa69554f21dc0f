import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { panelId } from '@loadstair/dashboards';
import type { PrometheusClient } from '@loadstair/measure';
import { createStore, type RunStore, type RunWriter } from '@loadstair/runs';
import { dashboardReading } from './dashboard-reading.ts';
import { newRun } from './testing/stored-runs.ts';

let folder: string;
let store: RunStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-dashboards-'));
  store = createStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const begin = (stage: number): RunWriter => newRun(store, stage);

const LOAD = String(panelId('load'));

describe('a dashboard of a run that has ended', () => {
  it('has what was kept, and no series of others', async () => {
    const writer = begin(2);
    const offered = { A: [{ labels: {}, values: [5, 5] }] };
    writer.writeSeries({
      startMs: 1000,
      endMs: 3000,
      stepS: 2,
      panels: { run: { [LOAD]: offered }, hosts: { 1: { A: [] } } },
      annotations: { Steps: [] },
      exemplars: { hosts: { 1: [] } },
    });
    const answer = await dashboardReading(store, () => null)(writer.id, 'run');
    expect(answer.data).toEqual({
      startMs: 1000,
      endMs: 3000,
      stepS: 2,
      panels: { [LOAD]: offered },
      annotations: { Steps: [] },
      exemplars: {},
    });
    expect(answer).toMatchObject({ going: false, dashboard: { uid: 'run' } });
    expect(answer.dashboards.map(({ uid }) => uid).filter((uid) => uid.startsWith('stage-'))).toEqual(['stage-2']);
  });

  it('that is not one of its stage is not there, nor one of a run nobody knows', async () => {
    const read = dashboardReading(store, () => null);
    await expect(read(begin(2).id, 'stage-3')).rejects.toMatchObject({ status: 404, code: 'E_UNKNOWN_DASHBOARD' });
    await expect(read('none', 'run')).rejects.toMatchObject({ status: 404, code: 'E_UNKNOWN_RUN' });
  });
});

describe('a dashboard of the run that goes on', () => {
  it('is what was kept once its site is being ended', async () => {
    const writer = begin(2);
    const read = dashboardReading(store, () => ({ run: writer.id, prometheus: null }));
    writer.appendEvent({ type: 'step-started', atMs: 1000, step: 1, of: 1, kind: 'load', offered: 5, holdS: 30 });
    expect((await read(writer.id, 'run')).data.panels).toEqual({});
    const offered = { A: [{ labels: {}, values: [5, 5] }] };
    writer.writeSeries({ startMs: 1000, endMs: 3000, stepS: 2, panels: { run: { [LOAD]: offered } }, annotations: {}, exemplars: {} });
    expect((await read(writer.id, 'run')).data.panels).toEqual({ [LOAD]: offered });
  });

  it('is empty before load begins, then asked of Prometheus, once for all who look', async () => {
    const writer = begin(1);
    const asked: string[] = [];
    const range = async (expression: string): Promise<[]> => {
      asked.push(expression);
      return [];
    };
    const prometheus: PrometheusClient = { query: range, range, exemplars: async () => [] };
    const read = dashboardReading(store, () => ({ run: writer.id, prometheus }));
    writer.appendEvent({ type: 'phase', atMs: 1, phase: 'warm-up', state: 'begun', text: '' });
    expect(await read(writer.id, 'run')).toMatchObject({ going: true, data: { panels: {} } });
    expect(asked).toEqual([]);

    const atMs = Date.now() - 20_000;
    writer.appendEvent({ type: 'step-started', atMs, step: 1, of: 1, kind: 'load', offered: 5, holdS: 30 });
    const [first, second] = await Promise.all([read(writer.id, 'run'), read(writer.id, 'run')]);
    expect(first.data).toMatchObject({ startMs: atMs, stepS: 2, panels: { [LOAD]: { A: [] } } });
    expect(second.data).toEqual(first.data);
    expect(asked.length).toBeGreaterThan(5);
    expect(new Set(asked).size).toBe(asked.length);
  });
});

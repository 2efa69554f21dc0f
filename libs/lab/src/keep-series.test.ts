import { describe, expect, it, jest } from '@jest/globals';
import type { DashboardJson } from '@loadstair/dashboards';
import type { Exemplar, PrometheusClient, Series } from '@loadstair/measure';
import { keepSeries, writeSeriesOf } from './keep-series.ts';

const dashboard = (uid: string, ...panels: { id: number; targets: object[] }[]): DashboardJson => ({
  uid,
  title: uid,
  panels: panels.map((panel) => ({ type: 'timeseries', ...panel })),
  annotations: { list: [{ name: 'Steps', target: { refId: 'A', expr: 'lab_step' } }] },
});

/** Answers as told, fails for all else, and keeps what it was asked. */
function clientOf(
  answers: Readonly<Record<string, readonly Series[]>>,
  exemplars: readonly Exemplar[] = [],
): { client: PrometheusClient; asked: string[] } {
  const asked: string[] = [];
  const call = async (expression: string): Promise<readonly Series[]> => {
    asked.push(expression);
    const answer = answers[expression];
    if (answer === undefined) throw new Error('Prometheus is gone');
    return answer;
  };
  return { client: { query: call, range: call, exemplars: async () => exemplars }, asked };
}

describe('keepSeries', () => {
  it('leaves out a panel that asks for an unknown variable, and keeps the others', async () => {
    const { client } = clientOf({ up: [], lab_step: [] });
    const targets = [{ refId: 'B', expr: 'up' }];
    const mine = [{ refId: 'B', expr: 'up{job="$job"}' }];
    const { panels } = await keepSeries(client, [dashboard('a', { id: 7, targets }, { id: 8, targets: mine })], 100_000, 107_000);
    expect(panels).toEqual({ a: { 7: { B: [] } } });
  });

  it('loses no run when it cannot read the dashboards or write the series', async () => {
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const { client } = clientOf({});
    const refuse = (): never => {
      throw new Error('no space left');
    };
    await writeSeriesOf({ writeSeries: refuse }, client, () => [], 100_000, 107_000);
    await writeSeriesOf({ writeSeries: () => {} }, client, refuse, 100_000, 107_000);
    expect(warned).toHaveBeenCalledTimes(2);
    warned.mockRestore();
  });

  it('puts series on one grid, with null where Prometheus had no number', async () => {
    const { client } = clientOf({
      up: [
        {
          labels: { host: 'db-1' },
          points: [
            [100, 1],
            [104.4, 1 / 3],
            [106, Number.NaN],
            [300, 9],
          ],
        },
        { labels: { host: 'web-1' }, points: [[100, Number.NaN]] },
      ],
      lab_step: [{ labels: { kind: 'load' }, points: [[102, 4]] }],
    });
    const kept = await keepSeries(client, [dashboard('a', { id: 7, targets: [{ refId: 'B', expr: 'up' }] })], 100_000, 107_000);
    expect(kept).toEqual({
      startMs: 100_000,
      endMs: 107_000,
      stepS: 2,
      panels: { a: { 7: { B: [{ labels: { host: 'db-1' }, values: [1, null, 0.33333, null] }] } } },
      annotations: { Steps: [{ labels: { kind: 'load' }, values: [null, 4, null, null] }] },
      exemplars: {},
    });
  });

  it('keeps one number of an instant query, and nothing of a query that fails', async () => {
    const { client } = clientOf({ now: [{ labels: {}, points: [[107, 5]] }] });
    const { panels, annotations } = await keepSeries(
      client,
      [
        dashboard('a', {
          id: 1,
          targets: [
            { refId: 'A', expr: 'now', instant: true },
            { refId: 'B', expr: 'gone' },
          ],
        }),
      ],
      100_000,
      107_000,
    );
    expect(panels).toEqual({ a: { 1: { A: [{ labels: {}, values: [5] }], B: [] } } });
    expect(annotations).toEqual({ Steps: [] });
  });

  it('leaves out points that look back to before the start', async () => {
    const times = [100, 102, 104, 106] as const;
    const { client } = clientOf({ 'rate(x[3s])': [{ labels: {}, points: times.map((at) => [at, at] as const) }], lab_step: [] });
    const query = { refId: 'A', expr: 'rate(x[$__rate_interval])', interval: '1s' };
    const { panels } = await keepSeries(client, [dashboard('a', { id: 1, targets: [query] })], 100_000, 107_000);
    expect(panels).toEqual({ a: { 1: { A: [{ labels: {}, values: [null, null, 104, 106] }] } } });
  });

  it('asks what several panels show only once, of all hosts', async () => {
    const { client, asked } = clientOf({});
    const panel = { id: 1, targets: [{ refId: 'A', expr: 'up{host=~"$host"}' }] };
    await keepSeries(client, [dashboard('a', panel), dashboard('b', panel, { ...panel, id: 2 })], 0, 60_000);
    expect(asked.sort()).toEqual(['lab_step', 'up{host=~".*"}']);
  });

  it('keeps the traced requests of a query that shows them, without those of the warm-up', async () => {
    const { client } = clientOf({}, [
      { atMs: 103_000, value: 0.2123456, trace: 'b', labels: { host: 'web-1', le: '0.25' } },
      { atMs: 101_000, value: 0.1, trace: 'a', labels: {} },
      { atMs: 99_000, value: 0.1, trace: 'warm-up', labels: {} },
    ]);
    const targets = [
      { refId: 'A', expr: 'p95', exemplar: true },
      { refId: 'B', expr: 'p50' },
    ];
    const { exemplars } = await keepSeries(client, [dashboard('a', { id: 1, targets }, { id: 2, targets: [] })], 100_000, 107_000);
    expect(exemplars).toEqual({
      a: {
        1: [
          { atMs: 101_000, value: 0.1, trace: 'a', host: null },
          { atMs: 103_000, value: 0.21235, trace: 'b', host: 'web-1' },
        ],
      },
    });
  });

  it('takes a coarser grid for a long run', async () => {
    const { client } = clientOf({});
    expect((await keepSeries(client, [], 0, 3_600_000)).stepS).toBe(12);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createStore, type RunStore } from '@loadstair/runs';
import { stages } from '@loadstair/stages';
import { LabProblem } from '../problem.ts';
import { compareReading } from './compare-reading.ts';
import { runListReading, type ListQuery } from './run-list-reading.ts';
import { runReading } from './run-reading.ts';
import { logsReading, traceReading, tracesReading } from './signal-readings.ts';
import { traceRunReading } from './trace-run-reading.ts';
import { diffReading, stageReading } from './stage-reading.ts';
import { beginRun, endedRun, STAGE_2, STAGE_3 } from './testing/stored-runs.ts';

let folder: string;
let store: RunStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-readings-'));
  store = createStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function begin(stage: number, startedAt: string): ReturnType<RunStore['create']> {
  return beginRun(store, stage, { startedAt });
}
function ended(stage: number, name: string, startedAt = '2026-01-01T00:00:00.000Z', profile = 'mixed'): string {
  return endedRun(store, stage, name, { startedAt, profile });
}

describe('stages', () => {
  it('are told with what changed, without the limit that is expected', () => {
    const [, second, third] = stages;
    const told = stageReading(third as (typeof stages)[number], second ?? null);
    expect(told.changes).toContain('+ link lb → web   http');
    expect(told.experiments.map(({ name }) => name)).toContain('kill-web');
    expect(JSON.stringify(told)).not.toContain('expected');
  });
});

it('two stages are told with all that is different between them', () => {
  const [first, , third] = stages as [(typeof stages)[number], (typeof stages)[number], (typeof stages)[number]];
  expect(diffReading(first, third)).toMatchObject({
    from: { stage: 1 },
    to: { stage: 3 },
    lines: expect.arrayContaining(['+ link lb → web   http']),
  });
});

describe('the list of runs', () => {
  const ALL: ListQuery = { search: '', stage: '', kind: '', result: '', from: '', to: '', starred: '', page: 1 };

  it('has the newest first, the one that goes on, and those that broke off', () => {
    const old = ended(2, STAGE_2, '2026-01-01T00:00:00.000Z');
    const going = begin(3, '2026-01-02T00:00:00.000Z').id;
    const broken = begin(3, '2026-01-03T00:00:00.000Z').id;
    const { runs, total } = runListReading(store, () => going)(ALL);
    expect(total).toBe(3);
    expect(runs.map(({ id, kind }) => `${id} ${kind}`).sort()).toEqual([`${broken} damaged`, `${going} going`, `${old} run`].sort());
    expect(runs.find(({ id }) => id === old)).toMatchObject({
      stage: 2,
      result: 'named',
      words: expect.stringMatching(/^web-1 CPU at [\d.]+\/s$/),
    });
  });

  it('is searched by all words, and paged', () => {
    for (let day = 1; day <= 51; day += 1) begin(3, `2026-01-01T00:00:00.${String(day).padStart(3, '0')}Z`);
    const two = ended(2, STAGE_2);
    const list = runListReading(store, () => null);
    expect(list({ ...ALL, search: 'WEB-1 separate' }).runs.map(({ id }) => id)).toEqual([two]);
    expect(list({ ...ALL, search: 'web-1 db-1' }).total).toBe(0);
    expect(list({ ...ALL, page: 2 })).toMatchObject({ total: 52, page: 2, pages: 2, runs: { length: 2 } });
    expect(list({ ...ALL, page: 9 }).page).toBe(2);
  });

  it('is filtered by stage, kind, result, day and star', () => {
    const two = ended(2, STAGE_2, '2026-01-01T23:59:00.000Z');
    const three = ended(3, STAGE_3, '2026-01-02T00:00:00.000Z');
    const broken = begin(3, '2026-01-03T00:00:00.000Z').id;
    const list = runListReading(store, () => null);
    const found = (asked: Partial<ListQuery>): string[] => list({ ...ALL, ...asked }).runs.map(({ id }) => id);
    expect(found({ stage: '2' })).toEqual([two]);
    expect(found({ stage: '3' })).toEqual([three]);
    expect(found({ kind: 'run' })).toEqual([three, two]);
    expect(found({ kind: 'experiment' })).toEqual([]);
    expect(found({ result: 'refused' })).toEqual([]);
    expect(found({ to: '2026-01-01' })).toEqual([two]);
    expect(found({ from: '2026-01-02', to: '2026-01-02' })).toEqual([three]);
    expect(found({ starred: '1' })).toEqual([]);
    store.label(two, { name: 'before the index', note: '', starred: true });
    expect(found({ starred: '1' })).toEqual([two]);
    expect(found({ search: 'INDEX' })).toEqual([two]);
    expect(found({})).toEqual([three, two, broken]);
  });

  it('tells searches from other runs', () => {
    const plain = ended(2, STAGE_2);
    const search = ended(2, STAGE_2, '2026-01-02T00:00:00.000Z');
    writeFileSync(join(store.folder, search, 'capacity.json'), JSON.stringify({ kind: 'none', reason: 'nothing failed' }));
    const list = runListReading(store, () => null);
    expect(list({ ...ALL, kind: 'search' }).runs.map(({ id }) => id)).toEqual([search]);
    expect(list({ ...ALL, kind: 'run' }).runs.map(({ id }) => id)).toEqual([plain]);
  });
});

describe('a run', () => {
  it('goes on, has ended, or broke off', () => {
    const id = ended(2, STAGE_2);
    const other = begin(3, '2026-01-02T00:00:00.000Z').id;
    expect(runReading(store, id, null)).toMatchObject({
      state: 'ended',
      verdict: { kind: 'named' },
      outcome: null,
      notes: [{ host: 'web-1' }],
    });
    // The last moments of a run: all is written, and its site is being ended.
    expect(runReading(store, id, id).state).toBe('ended');
    expect(runReading(store, other, other).state).toBe('going');
    expect(runReading(store, other, null)).toMatchObject({ state: 'broken', reason: expect.stringContaining('run-data.json') });
  });

  it.each(['none', '..', '../runs', ''])('"%s" is not there', (id) => {
    ended(2, STAGE_2);
    expect(() => runReading(store, id, null)).toThrow(LabProblem);
  });
});

describe('a comparison', () => {
  const none = (): never => {
    throw new Error('nothing is held against the baseline here');
  };

  it('puts the baseline before a stage, or before runs', () => {
    const [held, later] = [ended(2, STAGE_2), ended(2, STAGE_2, '2026-01-02T00:00:00.000Z')];
    const third = ended(3, STAGE_3);
    const arms = (query: Parameters<typeof compareReading>[1]): string[] => {
      const answer = compareReading(store, query, () => [held]);
      return answer.kind === 'compared'
        ? answer.record.arms.map(({ label, runs }) => `${label}: ${runs.map(({ run }) => run).join()}`)
        : [];
    };
    expect(arms({ stages: [2], profile: 'mixed', baseline: '1' })).toEqual([
      `baseline: ${held}`,
      expect.stringMatching(new RegExp(`^2 separate-database: .*${later}`)),
    ]);
    expect(arms({ runs: [third], baseline: '1' })).toEqual([`baseline: ${held}`, expect.stringContaining(`: ${third}`)]);
  });

  it('of stages takes their stored runs', () => {
    const [two, three] = [ended(2, STAGE_2), ended(3, STAGE_3)];
    const answer = compareReading(store, { stages: [2, 3], profile: 'mixed', baseline: '' }, none);
    expect(answer).toMatchObject({
      kind: 'compared',
      record: {
        arms: [
          { stage: 2, runs: [{ run: two }] },
          { stage: 3, runs: [{ run: three }] },
        ],
        againstPrevious: [{ n: [1, 1] }],
      },
      changes: [expect.arrayContaining([expect.stringContaining('+ tier lb')])],
    });
  });

  it('says which stages were not measured under this profile', () => {
    ended(2, STAGE_2);
    ended(3, STAGE_3, '2026-01-01T00:00:00.000Z', 'reads');
    expect(compareReading(store, { stages: [2, 3], profile: 'mixed', baseline: '' }, none)).toEqual({
      kind: 'missing',
      stages: [3],
      profile: 'mixed',
    });
  });

  it('of stages takes no run that was measured elsewhere, and none that is damaged', () => {
    ended(2, STAGE_2);
    const [brought, torn] = [ended(3, STAGE_3), ended(3, STAGE_3)];
    const file = join(store.folder, brought, 'manifest.json');
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), imported: { atMs: 1 } }));
    writeFileSync(join(store.folder, torn, 'run-data.json'), '{"schema":1,"steps":[]}');
    expect(compareReading(store, { stages: [2, 3], profile: 'mixed', baseline: '' }, none)).toEqual({
      kind: 'missing',
      stages: [3],
      profile: 'mixed',
    });
  });

  it('of runs that differ in more than the topology is not drawn', () => {
    const [a, b] = [ended(2, STAGE_2), ended(3, STAGE_3, '2026-01-01T00:00:00.000Z', 'reads')];
    expect(compareReading(store, { runs: [a, b], baseline: '' }, none)).toEqual({
      kind: 'incomparable',
      differences: ['profile: mixed and reads'],
    });
  });
});

describe('traces and logs of a run', () => {
  const span = (spanId: string, parentSpanId: string, ms: number, route: string, status: number): object => ({
    traceId: spanId.slice(0, 2),
    spanId,
    parentSpanId,
    name: `GET ${route}`,
    startTimeUnixNano: '0',
    endTimeUnixNano: String(ms * 1e6),
    attributes: [
      { key: 'http.route', value: { stringValue: route } },
      { key: 'http.response.status_code', value: { intValue: String(status) } },
    ],
  });
  const anything = { route: '', host: '', status: '', minMs: 0 };
  let id = '';

  beforeEach(() => {
    const writer = begin(3, '2026-01-01T00:00:00.000Z');
    id = writer.id;
    const resource = { attributes: [{ key: 'host.name', value: { stringValue: 'web-1' } }] };
    const spans = [
      span('t1a', 'client', 300, '/api/feed', 200),
      span('t1b', 't1a', 200, '/api/feed', 200),
      span('t2a', 'client', 20, '/photos/:id', 503),
    ];
    writer.appendTrace({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
    const file = join(folder, 'web-1.log');
    writeFileSync(
      file,
      '{"level":40,"time":5,"host":"web-1","component":"site","msg":"slow query","trace_id":"t1"}\n{"level":50,"time":6,"host":"web-1","msg":"gone"}\n',
    );
    writer.copyLogs([{ host: 'web-1', file }], 0);
  });

  it('are found by route, host, status and time', () => {
    expect(tracesReading(store, id, anything)).toMatchObject({
      total: 2,
      requests: [
        { trace: 't1', spans: 2 },
        { trace: 't2', spans: 1 },
      ],
      routes: ['/api/feed', '/photos/:id'],
      hosts: ['web-1'],
    });
    const found = (query: Partial<typeof anything>): string[] =>
      tracesReading(store, id, { ...anything, ...query }).requests.map(({ trace }) => trace);
    expect(found({ route: '/photos/:id' })).toEqual(['t2']);
    expect(found({ status: '5' })).toEqual(['t2']);
    expect(found({ minMs: 100 })).toEqual(['t1']);
    expect(found({ host: 'web-2' })).toEqual([]);
  });

  it('lead to each other', () => {
    expect(traceReading(store, id, 't1')).toMatchObject({ spans: { length: 2 }, logs: [{ text: 'slow query' }] });
    expect(() => traceReading(store, id, 't9')).toThrow(LabProblem);
    const later = begin(3, '2026-01-02T00:00:00.000Z').id;
    expect([null, later, 'gone'].map((going) => traceRunReading(store, going, 't1'))).toEqual([id, id, id]);
    expect(() => traceRunReading(store, null, 't9')).toThrow('the newest 2 runs have no span');
    expect(logsReading(store, id, { q: 'SLOW web-1', host: '', trace: '' }).lines).toMatchObject([{ trace: 't1' }]);
    expect(logsReading(store, id, { q: 'slow gone', host: '', trace: '' }).total).toBe(0);
    expect(logsReading(store, id, { q: '', host: '', trace: '' })).toMatchObject({ total: 2, hosts: ['web-1'] });
  });
});

import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { panelId } from '@loadstair/dashboards';
import { readSeries } from '@loadstair/runs';
import { stageByNumber } from '@loadstair/stages';
import { hashOf } from '@loadstair/topology';
import { leftoversOf, panelsWithoutData } from '@loadstair/verify';
import { highestIn, panelTitled } from './testing/kept-series.ts';
import { lab, LAB_FOLDER, labOk, REPOSITORY, type Ended } from './testing/lab-command.ts';
import type { Exposition } from './testing/metrics.ts';
import { resultOf, WATCHED_RUN_MS, watchedRun, type WatchedRun } from './testing/watched-run.ts';

const INSTANCE = 22;
const RUN = ['run', '2', '--profile', 'smoke', '--quick', '--seed', '7', '--json', '--instance', String(INSTANCE), '--yes'];

interface RunJson {
  readonly schema: number;
  readonly run: string;
  readonly stage: number;
  readonly profile: string;
  readonly report: string;
  readonly verdict: Readonly<Record<string, unknown>>;
}

let ended: Ended;
let result: RunJson;
/** What the lab served while load ran. */
let during: Exposition;
let page: WatchedRun['page'];
const moved = mkdtempSync(join(tmpdir(), 'loadstair-run-'));
const folderOf = (run: string): string => join(LAB_FOLDER, 'runs', run);
const read = (name: string): string => readFileSync(join(folderOf(result.run), name), 'utf8');
const lines = (name: string): Record<string, unknown>[] =>
  read(name)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeAll(async () => {
  ({ ended, during, page } = await watchedRun(RUN, INSTANCE, 'web-1'));
  result = resultOf<RunJson>(ended);
}, WATCHED_RUN_MS);

afterAll(() => {
  if (result !== undefined) rmSync(folderOf(result.run), { recursive: true, force: true });
  rmSync(moved, { recursive: true, force: true });
});

describe('lab run', () => {
  it('ends with one line on stdout, the answer', () => {
    expect({ status: ended.status, lines: ended.stdout.split('\n').length, stderr: ended.stderr }).toMatchObject({ status: 0, lines: 2 });
    expect(result).toEqual({
      schema: 1,
      run: expect.stringMatching(/^[0-9a-z]{4}$/),
      stage: 2,
      profile: 'smoke',
      failures: [],
      report: join(folderOf(result.run), 'report.html'),
      verdict: expect.objectContaining({ kind: 'none-in-range', load: 5, unit: 'arrivals/s', codes: [], evidence: expect.any(Array) }),
    });
  });

  it('tells how it goes on stderr, a line an event, without escapes', () => {
    const progress = ended.stderr.split('\n').filter((line) => /^\d\d:\d\d /.test(line));
    expect(progress[0]).toContain(`run=${result.run} stage=2 profile=smoke seed=7 hosts=web-1,db-1`);
    const step = progress.find((line) => / step 1\/1 /.test(line)) ?? '';
    expect(step).toMatch(/offered=5(\.0)? achieved=[\d.]+ p95_ms=\d+ failed=0 slo=met/);
    expect(ended.stderr).not.toContain('\u001b[');
    expect(ended.stderr).toMatch(/trust {5}\d+ of \d+ checks/);
  });

  it('costs a browser that shows it at most 2 % of a core, and the lab at most 5 % to watch it', () => {
    const watching = Number(/measuring cost (\d+) %/.exec(ended.stderr)?.[1]);
    const percent = (cores: number): string => (100 * cores).toFixed(1);
    process.stdout.write(
      `live page ${percent(page.cores)} % of a core, ${percent(page.renderingCores)} % with painting, ${(page.grownBytes / 1e6).toFixed(1)} MB more; watching ${watching} %\n`,
    );
    expect(page.cores).toBeLessThanOrEqual(0.02);
    expect(page.grownBytes).toBeLessThan(1e6);
    expect(watching).toBeLessThanOrEqual(5);
  });

  it('leaves nothing running', () => {
    expect(leftoversOf(INSTANCE)).toEqual([]);
  });

  it('serves all that docs/reference/telemetry.md says the lab serves, with its type, while load runs', () => {
    const table = readFileSync(join(REPOSITORY, 'docs/reference/telemetry.md'), 'utf8');
    const documented = [...table.matchAll(/^\| `(\w+)` \| (\w+) \|.*\| lab \| [^|]+ \|$/gm)].map(([, name = '', type = '']) => ({
      name,
      type,
    }));
    expect(documented.length).toBeGreaterThan(20);
    // A fault is there only while a host is down, PSI only where the kernel has it, the rest where there is a tier of that kind.
    const elsewhere =
      /^(lab_fault_active|lab_(given|origin_bytes_out)_total|(container_pressure|lab_replication|lab_edge|lab_cache|lab_server|redis)_.*)$/;
    const now = documented.filter(({ name }) => !elsewhere.test(name));
    for (const { name, type } of now) expect({ name, type: during.types.get(name) }).toEqual({ name, type });
    expect(during.value('lab_run_info', { testid: result.run, stage: '2', profile: 'smoke' })).toBe(1);
    expect(during.value('lab_offered_arrivals_per_second')).toBe(5);
    expect(during.value('container_spec_cpu_quota', { host: 'web-1', tier: 'web' })).toBe(10_000);
  });
});

describe('the run folder', () => {
  it('has everything that was measured', () => {
    expect(readdirSync(folderOf(result.run)).sort()).toEqual([
      'events.ndjson',
      'logs',
      'manifest.json',
      'report.html',
      'run-data.json',
      'samples.ndjson',
      'series.json',
      'traces.ndjson',
      'verdict.json',
    ]);
    expect(readdirSync(join(folderOf(result.run), 'logs')).sort()).toEqual(['db-1.ndjson', 'web-1.ndjson']);
  });

  it('says in its manifest how to do it again', () => {
    expect(JSON.parse(read('manifest.json'))).toMatchObject({
      schema: 1,
      run: result.run,
      stage: 2,
      slug: 'separate-database',
      topologyHash: hashOf(stageByNumber(2).topology),
      profile: 'smoke',
      seed: 7,
      scale: 1,
      quick: true,
      command: './lab run 2 --profile smoke --quick --seed 7',
      machine: { cores: expect.any(Number), kernel: expect.any(String) },
      versions: expect.objectContaining({ node: process.versions.node }),
    });
  });

  it('has steps with histograms that add up, and answers that were right', () => {
    const { steps } = JSON.parse(read('run-data.json')) as {
      steps: {
        kind: string;
        offered: number;
        load: {
          requests: number;
          failed: number;
          started: number;
          planned: number;
          latency: { count: number; counts: [number, number][] };
        };
      }[];
    };
    const load = steps.find(({ kind }) => kind === 'load')?.load;
    expect(steps.map(({ kind }) => kind)).toEqual(['idle', 'load']);
    expect(load?.requests).toBeGreaterThan(100);
    expect(load?.failed).toBe(0);
    expect(load?.started).toBe(load?.planned);
    expect(load?.latency.counts.reduce((sum, [, count]) => sum + count, 0)).toBe(load?.latency.count);
    expect(load?.latency.count).toBe(load?.requests);
  });

  it('has samples of every host, several a second', () => {
    const readings = lines('samples.ndjson').filter((one) => Array.isArray(one['hosts'])) as { atMs: number; hosts: { host: string }[] }[];
    const seconds = ((readings.at(-1)?.atMs ?? 0) - (readings[0]?.atMs ?? 0)) / 1000;
    expect(seconds).toBeGreaterThan(20);
    expect(readings.length / seconds).toBeGreaterThan(3);
    for (const { hosts } of readings) expect(hosts.map(({ host }) => host).sort()).toEqual(['db-1', 'web-1']);
  });

  it('has data for every panel of every dashboard of its stage, or the dashboard says why there may be none', async () => {
    const kept = readSeries(folderOf(result.run));
    expect(await panelsWithoutData(kept.panels, stageByNumber(2).topology)).toEqual([]);
    expect(Object.keys(kept.panels).filter((uid) => uid.startsWith('stage-'))).toEqual(['stage-2']);
    expect(kept.annotations['Steps']?.map(({ labels }) => `${labels['kind']} ${labels['step']}`).sort()).toEqual(['idle 0', 'load 1']);
    expect(statSync(join(folderOf(result.run), 'series.json')).size).toBeLessThan(2 * 2 ** 20);
  });

  it('has series that say what happened', () => {
    const highest = highestIn(folderOf(result.run));
    const most = (uid: string, key: string, refId: string): number => highest(uid, panelId(key), refId);
    // The smoke profile offers 5 arrivals/s.
    expect(most('run', 'load', 'A')).toBe(5);
    expect(most('run', 'load', 'B')).toBeGreaterThan(3);
    expect(most('run', 'load', 'C')).toBeGreaterThan(3);
    expect(most('run', 'dropped', 'A')).toBe(0);
    expect(highest('tiers', panelTitled(2, 'tiers', 'web requests'), 'A')).toBeGreaterThan(5);
  });

  it('has traces of some arrivals, from the browser’s request down to SQL', () => {
    const text = read('traces.ndjson');
    expect(lines('traces.ndjson').length).toBeGreaterThan(0);
    expect(text).toContain('http.route');
    expect(text).toContain('instrumentation-pg');
  });

  it('has visits in which both the look-up of the name and the request to its address are timed', () => {
    const spans = lines('traces.ndjson').flatMap((exported) =>
      (exported['resourceSpans'] as { scopeSpans: { scope: { name: string }; spans: Record<string, string>[] }[] }[]).flatMap((one) =>
        one.scopeSpans.flatMap(({ scope, spans: own }) => own.map((span): Record<string, string> => ({ scope: scope.name, ...span }))),
      ),
    );
    const lookUp = spans.find(({ name }) => name === 'look-up');
    const trace = spans.filter(({ traceId }) => traceId === lookUp?.['traceId']);
    const took = (span: Record<string, string> | undefined): number =>
      Number(BigInt(span?.['endTimeUnixNano'] ?? 0) - BigInt(span?.['startTimeUnixNano'] ?? 0)) / 1e6;
    expect(took(lookUp)).toBeGreaterThan(0);
    expect(took(trace.find(({ name, scope }) => name === 'GET /users/12' && scope === 'loadstair.visitor'))).toBeGreaterThan(
      took(lookUp) / 100,
    );
    // The site went on with the same trace.
    expect(trace.map(({ scope }) => scope)).toContain('@opentelemetry/instrumentation-http');
  });

  it('has its events in order, the verdict last', () => {
    const events = lines('events.ndjson');
    expect(events[0]).toMatchObject({ type: 'run-started', run: result.run });
    expect(events.map((event) => event['atMs'])).toEqual(events.map((event) => event['atMs'] as number).toSorted((a, b) => a - b));
    expect(events.filter(({ type }) => type === 'step')).toHaveLength(1);
  });

  it('has a report that opens offline and says the same', () => {
    const report = read('report.html');
    const shown = /nothing ran out[^.<]*/i.exec(report)?.[0];
    expect(shown).toBeDefined();
    expect(report).not.toMatch(/(src|href)\s*=\s*["']?(https?:)?\/\//i);
    expect(report).not.toMatch(/@import|url\(\s*["']?https?:/i);
    expect(statSync(result.report).size).toBeLessThan(1.5 * 2 ** 20);
  });
});

describe('what can be done with a run', () => {
  it('is listed and shown again, with the same verdict', async () => {
    const listed = (await labOk('runs')).split('\n').find((line) => line.startsWith(result.run)) ?? '';
    expect(listed).toMatch(/2 smoke +nothing ran out up to 5(\.0)?\/s$/);
    const shown = JSON.parse(await labOk('show', result.run, '--json')) as RunJson;
    expect(shown).toEqual({ ...result, imported: false });
    expect(await labOk('show', result.run)).toContain('./lab run 2 --profile smoke --quick --seed 7');
  });

  it('goes to another machine in one file', async () => {
    const file = join(moved, 'run.tar.gz');
    expect((await labOk('export', result.run, file)).trim()).toBe(file);
    // The same run again is no mistake; one that differs is not written over.
    expect((await labOk('import', file)).trim()).toBe(result.run);
    const own = join(moved, 'own');
    renameSync(folderOf(result.run), own);
    expect((await lab(['show', result.run])).status).toBe(2);
    expect((await labOk('import', file)).trim()).toBe(result.run);
    expect(JSON.parse(await labOk('show', result.run, '--json'))).toEqual({ ...result, imported: true });
    // The report is made anew, and shows the manifest, which says that the run was imported.
    const same = readdirSync(own).filter((one) => !['logs', 'manifest.json', 'report.html'].includes(one));
    for (const name of same) expect(read(name)).toBe(readFileSync(join(own, name), 'utf8'));
    expect(read('report.html')).toContain(result.run);
    const manifest = JSON.parse(readFileSync(join(own, 'manifest.json'), 'utf8')) as object;
    expect(JSON.parse(read('manifest.json'))).toEqual({ ...manifest, imported: { atMs: expect.any(Number) } });
    writeFileSync(join(folderOf(result.run), 'run-data.json'), read('run-data.json').replace('"finished"', '"interrupted"'));
    const again = await lab(['import', file]);
    expect({ status: again.status, stderr: again.stderr }).toEqual({ status: 2, stderr: expect.stringContaining('E_RUN_EXISTS') });
    rmSync(folderOf(result.run), { recursive: true });
    renameSync(own, folderOf(result.run));
  });

  it('that is no export is refused', async () => {
    const file = join(moved, 'no-run.tar.gz');
    writeFileSync(file, 'nothing of ours');
    const { status, stderr } = await lab(['import', file]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('E_NOT_AN_EXPORT') });
  });

  it.each([
    ['half a file', 'run-data.json', (text: string) => text.slice(0, text.length / 2), 'run-data.json'],
    ['no data', 'run-data.json', () => null, 'run-data.json: it is missing'],
    ['no verdict', 'verdict.json', () => '{}', 'verdict.json'],
    ['a manifest of something else', 'manifest.json', () => '{"schema":1}', 'manifest.json'],
    ['a manifest of a newer lab', 'manifest.json', (text: string) => text.replace('"schema": 1', '"schema": 2'), 'newer version'],
  ])('with %s is called damaged, by the name of the file', async (_what, name, change, says) => {
    const id = 'damaged1';
    cpSync(folderOf(result.run), folderOf(id), { recursive: true });
    try {
      const changed = change(read(name));
      if (changed === null) rmSync(join(folderOf(id), name));
      else writeFileSync(join(folderOf(id), name), changed);
      const { status, stdout, stderr } = await lab(['show', id]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(says);
      expect(stderr).toContain('  do ');
      expect(stderr).not.toMatch(/\bat .*\.ts:\d+/);
      // Others are listed all the same.
      const list = await labOk('runs');
      expect(list).toContain(result.run);
      expect(existsSync(folderOf(id))).toBe(true);
    } finally {
      rmSync(folderOf(id), { recursive: true, force: true });
    }
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { diagnose, fromStored, type Relaxed, type RunData } from '@loadstair/analysis';
import { createStore, type RunEvent } from '@loadstair/runs';
import { stageByNumber } from '@loadstair/stages';
import { hashOf } from '@loadstair/topology';
import { createEventLog, type EventLog } from '../event-log.ts';
import { LabProblem } from '../problem.ts';
import type { RunRequest } from '@loadstair/runs/run-request';
import { createConfirmations, type Confirmations } from './confirmations.ts';

const FIXTURE = resolve(import.meta.dirname, '../../../../libs/analysis/fixtures/confirmed/stage-3.json.gz');
const recorded = JSON.parse(gunzipSync(readFileSync(FIXTURE)).toString('utf8')) as {
  readonly before: RunData;
  readonly named: Relaxed;
  readonly runnerUp: Relaxed;
};
const BEFORE = fromStored(recorded.before);
const SHORT = [recorded.named.run, recorded.runnerUp.run].map(fromStored);

let folder: string;
let id: string;
let asked: { readonly request: RunRequest; readonly run: string; readonly events: EventLog<RunEvent> }[];
let confirmations: Confirmations;

/** A run that ended, with the data of a real one. */
function stored(runData: RunData): string {
  const { topology } = stageByNumber(3);
  const writer = createStore(folder).create({
    schema: 1,
    stage: 3,
    slug: topology.slug,
    topology,
    topologyHash: hashOf(topology),
    set: [],
    profile: 'reads',
    seed: 42,
    scale: 1,
    quick: false,
    burners: true,
    command: './lab run 3',
    startedAt: '2026-01-01T00:00:00.000Z',
    machine: { cores: 2, model: 'x', memoryMiB: 1, freeMemoryMiB: 1, kernel: '6' },
    coresPerLabCpu: 0.1,
    versions: {},
  });
  writer.appendEvent({ type: 'host', atMs: 1, host: 'web-1', kind: 'up', detail: '' });
  writer.writeRunData(runData);
  writer.writeVerdict(diagnose(runData, ['SHORT', 'UNSTEADY']));
  return writer.id;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-confirm-'));
  mkdirSync(join(folder, 'runs'));
  id = stored(BEFORE);
  asked = [];
  confirmations = createConfirmations(folder, {
    run(request) {
      const run = stored(SHORT[asked.length] as RunData);
      const events = createEventLog<RunEvent>();
      asked.push({ request, run, events });
      return { run, events };
    },
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The short run that was asked for last ends with its verdict, as labd tells it. */
function ends(): void {
  const last = asked.at(-1);
  if (last === undefined) throw new Error('no run was asked for');
  const { verdict } = createStore(folder).open(last.run);
  last.events.append({
    type: 'verdict',
    atMs: 1,
    run: last.run,
    verdict,
    checks: { passed: 14, of: 14 },
    observerShareOfCore: 0.03,
    report: '',
    lines: [],
    capacity: null,
  });
  last.events.close();
}

async function until(state: string): Promise<ReturnType<Confirmations['of']>> {
  for (;;) {
    const now = confirmations.of(id);
    if (now.state === state) return now;
    await new Promise((done) => setTimeout(done, 5));
  }
}

describe('a confirmation', () => {
  it('goes through both short runs, is kept, and stands in the report', async () => {
    expect(confirmations.of(id)).toEqual({ state: 'ready', runs: 2, takesS: 200, failed: null });
    expect(await confirmations.begin(id)).toMatchObject({ state: 'going', number: 1, of: 2, gets: 'db-1 CPU', run: asked[0]?.run });
    ends();
    while (asked.length < 2) await new Promise((done) => setTimeout(done, 5));
    expect(confirmations.of(id)).toMatchObject({ state: 'going', number: 2, gets: 'web tier CPU', takesS: 100 });
    expect(asked.map(({ request }) => [request.set, request.search, request.quick])).toEqual([
      [[expect.stringMatching(/^db\.cpu=/)], false, false],
      [[expect.stringMatching(/^web\.cpu=/)], false, false],
    ]);
    ends();
    expect(await until('done')).toMatchObject({ confirmation: { kind: 'confirmed' } });
    const report = readFileSync(join(folder, 'runs', id, 'report.html'), 'utf8');
    expect(report).toContain('Confirmed.');
    expect(report).toContain('Does the limit move?');
  });

  it('says why when a short run was stopped, and can be begun again', async () => {
    await confirmations.begin(id);
    asked[0]?.events.append({
      type: 'failed',
      atMs: 1,
      problem: { what: 'Interrupted.', why: '', do: '', code: 'INTERRUPTED', exit: 130 },
    });
    asked[0]?.events.close();
    expect(await until('ready')).toMatchObject({ failed: 'a short run was stopped' });
    expect(await confirmations.begin(id)).toMatchObject({ state: 'going', number: 1 });
  });

  it('says what a short run broke of', async () => {
    await confirmations.begin(id);
    asked[0]?.events.append({ type: 'failed', atMs: 1, problem: { what: 'k6 did not start.', why: '', do: '', code: 'E_K6', exit: 1 } });
    asked[0]?.events.close();
    expect(await until('ready')).toMatchObject({ failed: expect.stringContaining('k6 did not start.') });
  });

  it('does not begin twice, nor for what was not named', async () => {
    await confirmations.begin(id);
    await expect(confirmations.begin(id)).rejects.toMatchObject({ status: 409, why: 'its confirmation is in progress' });
    const refused = stored(BEFORE);
    writeFileSync(join(folder, 'runs', refused, 'verdict.json'), JSON.stringify({ kind: 'refused', codes: ['GAPS'], checks: [] }));
    expect(confirmations.of(refused)).toMatchObject({ state: 'impossible' });
    await expect(confirmations.begin(refused)).rejects.toMatchObject({ code: 'E_NOT_CONFIRMABLE' });
    await expect(confirmations.begin('zzzz')).rejects.toMatchObject({ status: 404 });
  });

  it('answers with what stands in the way of its first run', async () => {
    const busy = createConfirmations(folder, {
      run() {
        throw new LabProblem(409, { what: 'A run is going.', why: '', do: '', code: 'E_RUNNING', exit: 1 });
      },
    });
    await expect(busy.begin(id)).rejects.toMatchObject({ status: 409, code: 'E_RUNNING' });
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StatusAnswer } from '@loadstair/lab-api';
import { PACKED, createStore, importRun, packRecorded, type RunEvent } from '@loadstair/runs';
import { LOOPBACK } from '../config.ts';
import { freePort } from '../testing/free-port.ts';
import { startRecordedLabd } from './recorded-labd.ts';

/** A quick run of stage 3 as it is, under its own profile. */
const MEASURED = join(import.meta.dirname, '../../fixtures/stage-3-quick.tar.gz');
const FAST = 2000;
const SLOW = 1;

let folder: string;
let run: string;
let labd: Awaited<ReturnType<typeof startRecordedLabd>>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-recorded-labd-'));
  const measured = createStore(join(folder, 'measured'));
  run = await importRun(measured, MEASURED);
  const set = join(folder, 'repo', 'recorded', '03-load-balancer');
  mkdirSync(set, { recursive: true });
  writeFileSync(join(set, `${run}${PACKED}`), await packRecorded(measured.open(run)));
  const { startedAt, command, machine } = measured.manifest(run);
  const { cores, model, memoryMiB, kernel } = machine;
  const about = { schema: 1, stage: 3, slug: 'load-balancer', from: startedAt, to: startedAt };
  writeFileSync(
    join(set, 'set.json'),
    JSON.stringify({ ...about, machine: { cores, model, memoryMiB, kernel }, runs: [{ id: run, command }] }),
  );
});
afterEach(async () => {
  await labd.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(speed: number): Promise<void> {
  const config = {
    instance: 4,
    port: await freePort(),
    doors: LOOPBACK,
    repoFolder: join(folder, 'repo'),
    labFolder: join(folder, 'lab'),
    path: '',
    stateFile: join(folder, 'labd.json'),
    sources: '',
    recordedSpeed: speed,
  };
  labd = await startRecordedLabd(config, speed, () => {});
}

async function ask<Answer>(method: string, path: string, body?: object): Promise<{ readonly status: number; readonly answer: Answer }> {
  const response = await fetch(labd.url + path, {
    method,
    headers: { authorization: `Bearer ${labd.key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, answer: (await response.json()) as Answer };
}

async function events(): Promise<RunEvent[]> {
  const response = await fetch(`${labd.url}/api/runs/${run}/events`);
  return (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
}

const begin = () => ask<{ run: string }>('POST', '/api/runs', { stage: 3, quick: true });
const stateOf = async (): Promise<string> => (await ask<{ state: string }>('GET', `/api/runs/${run}`)).answer.state;

describe('the console on recorded runs', () => {
  it('says when they were recorded, lists them, and shows one whole', async () => {
    await start(FAST);
    const { answer } = await ask<StatusAnswer>('GET', '/api/status');
    expect(answer.recorded?.says).toMatch(/^Recorded on \d+ November 2026 on another machine: \d+ cores, .+\.$/);
    expect((await ask<object>('GET', '/api/runs')).answer).toMatchObject({ total: 1, runs: [{ id: run, result: 'named' }] });
    expect(await stateOf()).toBe('ended');
    const report = await fetch(`${labd.url}/api/runs/${run}/report`);
    expect([report.status, await report.text()]).toEqual([200, expect.stringContaining(`run ${run}`)]);
  });

  it('plays the run that is asked for, to a verdict of today', async () => {
    await start(FAST);
    expect(await begin()).toEqual({ status: 202, answer: { run } });
    const told = await events();
    expect(told[0]).toMatchObject({ type: 'run-started', run });
    expect(told.at(-1)).toMatchObject({ type: 'verdict', verdict: { kind: 'named' } });
    expect((await ask<StatusAnswer>('GET', '/api/status')).answer).toMatchObject({ state: 'idle', run: null });
  });

  it('shows a run as it goes while it is played, and all of it once it is stopped', async () => {
    await start(SLOW);
    await begin();
    expect(await stateOf()).toBe('going');
    expect((await ask<StatusAnswer>('GET', '/api/status')).answer).toMatchObject({ state: 'measuring', run, stage: 3 });
    expect(await begin()).toMatchObject({ status: 409, answer: { code: 'E_RUNNING' } });
    await ask('POST', `/api/runs/${run}/stop`, {});
    expect((await events()).at(-1)?.type).toBe('verdict');
    expect(await stateOf()).toBe('ended');
  });

  it('says what nobody recorded, and what needs a lab that measures', async () => {
    await start(FAST);
    const change = { stage: 3, quick: true, set: ['web.count=4'] };
    expect(await ask('POST', '/api/runs', change)).toMatchObject({ status: 409, answer: { code: 'E_NOT_RECORDED' } });
    expect(await ask('POST', '/api/experiments', { name: 'kill-web' })).toMatchObject({ status: 409, answer: { code: 'E_NOT_RECORDED' } });
    for (const [method, path, body] of [
      ['POST', '/api/site', { stage: 3 }],
      ['POST', '/api/runs', { stage: 3, search: true }],
      ['POST', '/api/gameday', { code: 'abc' }],
      ['POST', `/api/runs/${run}/confirmation`, {}],
      ['POST', `/api/runs/${run}/label`, { name: 'x', note: '', starred: false }],
      ['GET', '/api/health', undefined],
    ] as const)
      expect([path, await ask(method, path, body)]).toMatchObject([path, { status: 409, answer: { code: 'E_RECORDED_ONLY' } }]);
  });

  it('judges a prediction by the recorded run', async () => {
    await start(FAST);
    const step = '/api/labs/3/steps/limit';
    const who = { learner: 'anna', quick: true };
    const answers = { tier: { kind: 'choice', value: 'db' }, load: { kind: 'range', low: 1, high: 1000 } };
    await ask('POST', `${step}/lock`, { ...who, answers, why: '', sure: null });
    expect(await ask('POST', `${step}/run`, { ...who, set: [] })).toEqual({ status: 202, answer: { run } });
    // The end of the events is told before the prediction is judged.
    await events();
    let view: { moment: string; happened: { graded: { outcome: string }[] } | null };
    do view = (await ask<typeof view>('GET', `${step}?learner=anna&quick=1`)).answer;
    while (view.moment === 'run');
    expect(view.happened?.graded.map(({ outcome }) => outcome)).toContain('right');
  });
});

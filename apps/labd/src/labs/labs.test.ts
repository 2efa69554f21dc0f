import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { classOverview, type LabLog, type StepView } from '@loadstair/labs';
import { recordedOutcome } from '@loadstair/labs/testing';
import type { RunEvent } from '@loadstair/runs';
import { stages } from '@loadstair/stages';
import { type Benches, type Confirmations, createEventLog, type EventLog, type Lab, type Readings } from '@loadstair/lab';
import { LOOPBACK } from '../config.ts';
import { startServer, type StartedServer } from '../server.ts';
import { freePort } from '../testing/free-port.ts';

const TOKEN = 'secret';
const RUN = 'k3f9';
const STEP = '/api/labs/1/steps/split';

let folder: string;
let server: StartedServer;
let events: EventLog<RunEvent>;
let asked: unknown[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-labd-labs-'));
  events = createEventLog();
  asked = [];
  const lab = {
    experiment(request: unknown) {
      asked.push(request);
      return { run: RUN, events };
    },
    runEvents: () => events,
  } as Partial<Lab> as Lab;
  server = await startServer({
    lab,
    benches: {} as Benches,
    confirmations: {} as Confirmations,
    readings: {} as Readings,
    consoleFolder: join(folder, 'no-console'),
    labFolder: folder,
    port: await freePort(),
    doors: LOOPBACK,
    token: TOKEN,
    onShutdown: () => {},
  });
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function send<Answer>(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly answer: Answer }> {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, answer: (await response.json()) as Answer };
}
const post = (what: string, body: object = {}) => send<StepView>('POST', `${STEP}/${what}`, { learner: 'anna', quick: true, ...body });
const view = async (): Promise<StepView> => (await send<StepView>('GET', `${STEP}?learner=anna&quick=1`)).answer;

/** The experiment ends, as labd would leave it. */
async function ends(): Promise<void> {
  const { manifest, runData, verdict, outcome } = recordedOutcome('cpu-split-quick');
  const run = join(folder, 'runs', RUN);
  mkdirSync(run, { recursive: true });
  const write = (name: string, value: unknown): void => writeFileSync(join(run, name), JSON.stringify(value));
  write('manifest.json', { ...manifest, run: RUN, experiment: 'cpu-split' });
  write('run-data.json', runData);
  write('verdict.json', verdict);
  write('experiment.json', { outcome });
  if (outcome === null) throw new Error('the recorded experiment has an outcome');
  events.append({ type: 'outcome', atMs: 1, run: RUN, outcome, folder: run });
  events.append({ type: 'host', atMs: 2, host: 'server-1', kind: 'stopped', detail: '' });
  events.close();
  await untilMoment('check');
}

async function untilMoment(moment: string): Promise<StepView> {
  for (;;) {
    const now = await view();
    if (now.moment === moment) return now;
    await new Promise((done) => setTimeout(done, 10));
  }
}

describe('a step of a lab over HTTP', () => {
  it('goes from prediction to reflection, and what the page shows grows with it', async () => {
    expect((await send<{ labs: unknown[] }>('GET', '/api/labs?learner=anna')).answer.labs).toHaveLength(stages.length);
    expect(await view()).toMatchObject({ moment: 'predict', checks: null, happened: null, command: './lab experiment cpu-split --quick' });

    const left = { full: expect.any(Number), quick: expect.any(Number) };
    expect((await send('GET', '/api/labs/1?learner=anna')).answer).toMatchObject({ stage: 1, takesS: left });

    const locked = await post('lock', { answers: { database: { kind: 'range', low: 90, high: 95 } }, why: 'joins', sure: 'very' });
    expect(locked).toMatchObject({ status: 200, answer: { moment: 'run', predict: { locked: { holds: true } } } });
    expect(await post('run')).toEqual({ status: 202, answer: { run: RUN } });
    expect(asked).toEqual([{ name: 'cpu-split', profile: null, quick: true, seed: null }]);
    await ends();

    expect((await view()).happened).toMatchObject({ kind: 'judged', run: RUN, graded: [{ key: 'database', outcome: 'differs' }] });
    expect((await post('hint', { key: 'web' })).answer.checks?.[0]?.hints).toHaveLength(1);
    const wrong = await post('check', { key: 'web', answer: { kind: 'number', value: 3 } });
    expect(wrong.answer.checks?.[0]).toMatchObject({ open: true, tries: 1, last: { outcome: 'differs' } });
    await post('check', { key: 'web', answer: { kind: 'number', value: 70 } });
    const right = await post('check', { key: 'half', answer: { kind: 'number', value: 23.7 } });
    expect(right.answer).toMatchObject({ moment: 'reflect' });
    expect((await post('reflect', { text: 'more writes' })).answer).toMatchObject({ moment: 'done', ended: 'passed' });

    const log = (await send<LabLog>('GET', '/api/labs/log?learner=anna')).answer;
    expect(classOverview([log]).rows).toMatchObject([{ learner: 'anna', cells: expect.arrayContaining([{ kind: 'hint', level: 1 }]) }]);
    expect((await send<{ learners: string[] }>('GET', '/api/labs/learners')).answer.learners).toEqual(['anna']);
  });

  it('keeps the prediction open when the run fails', async () => {
    await post('lock', { answers: { database: { kind: 'unsure' } } });
    await post('run');
    events.append({ type: 'failed', atMs: 1, problem: { what: 'k6 did not start.', why: '', do: '', code: 'E_K6', exit: 1 } });
    events.close();
    for (;;) {
      const now = await view();
      if (now.happened === null) continue;
      expect(now).toMatchObject({ moment: 'run', happened: { kind: 'broke', text: expect.stringContaining('k6 did not start.') } });
      return;
    }
  });

  it.each([
    { about: 'a run before the lock', what: 'run', body: {}, status: 409, code: 'E_LAB_MOMENT' },
    { about: 'a hint before the lock', what: 'hint', body: { key: 'web' }, status: 400, code: 'E_LAB_MOMENT' },
    { about: 'a prediction that leaves one out', what: 'lock', body: { answers: {} }, status: 400, code: 'E_LAB_ANSWER' },
    { about: 'a learner that is a path', what: 'open', body: { learner: '../up' }, status: 400, code: 'E_LEARNER' },
    { about: 'something unknown', what: 'open', body: { cheat: true }, status: 400, code: 'E_BAD_REQUEST' },
  ])('refuses $about', async ({ what, body, status, code }) => {
    expect(await post(what, body)).toMatchObject({ status, answer: { code } });
    expect(asked).toEqual([]);
  });

  it.each([
    '/api/labs/log?learner=anna',
    '/api/labs/test?learner=anna',
    '/api/labs/learners',
    '/api/LABS/log',
    `${STEP}?learner=anna`,
    '/api/labs/1/%73teps/split',
  ])('tells what a learner said with the key alone: %s', async (path) => {
    expect((await fetch(server.url + path)).status).toBe(401);
  });

  it('asks the test twice, and tells what is right after that alone', async () => {
    type Test = {
      readonly moment: string;
      readonly questions: readonly { readonly key: string; readonly options: readonly { readonly value: string }[] }[];
      readonly result: object | null;
    };
    const { answer: first } = await send<Test>('GET', '/api/labs/test?learner=anna');
    expect(first).toMatchObject({ moment: 'before', result: null });
    const answers = Object.fromEntries(first.questions.map(({ key, options }) => [key, options[0]?.value ?? null]));
    expect((await send<Test>('POST', '/api/labs/test', { learner: 'anna', answers })).answer).toMatchObject({
      moment: 'after',
      result: null,
    });
    const second = await send<Test>('POST', '/api/labs/test', { learner: 'anna', answers: {} });
    expect(second.answer).toMatchObject({ moment: 'done', result: { missed: expect.any(Array) } });
    expect((await send('POST', '/api/labs/test', { learner: 'anna', answers })).answer).toMatchObject({ code: 'E_LAB_TEST' });
    const log = (await send<LabLog>('GET', '/api/labs/log?learner=anna')).answer;
    expect(Object.values(log.test.before ?? {}).filter(Boolean).length).toBeGreaterThan(0);
  });

  it('has the drawings of guides, and no other file of a stage', async () => {
    const drawing = await fetch(`${server.url}/pictures/1/request-path.svg`);
    expect([drawing.status, drawing.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(drawing.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    for (const path of ['1/guide.md', '1/nothing.svg', '9/request-path.svg', '1/..%2f05-cache%2fttl.svg', 'one/request-path.svg'])
      expect([path, (await fetch(`${server.url}/pictures/${path}`)).status]).toEqual([path, 404]);
  });

  it('has no lab or step of another name', async () => {
    expect(await send('GET', '/api/labs/9/steps/look?learner=anna')).toMatchObject({ status: 400, answer: { code: 'E_UNKNOWN_LAB' } });
    expect(await send('GET', '/api/labs/1/steps/dance?learner=anna')).toMatchObject({ status: 400, answer: { code: 'E_UNKNOWN_LAB' } });
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDesk, createProgressStore, parseAnswer, type AskedQuestion, type At, type LabDesk, type LabStep } from '@loadstair/labs';
import { recordedOutcome, recordedRun } from '@loadstair/labs/testing';
import { labs } from './labs.ts';

type OpenedRun = ReturnType<typeof recordedRun>;

/** What becomes of a step: said before it, judged by a run that was really made, then read off that run. */
interface Taken {
  /** The run of its command; null where nothing runs. */
  readonly run: OpenedRun | null;
  /** Not so, in that run. */
  readonly predicted: Readonly<Record<string, string>>;
  /** What each check answers first, and then. */
  readonly checks: Readonly<Record<string, readonly [wrong: string, right: string]>>;
}

const load = recordedRun;
const outcome = (name: string): OpenedRun => recordedOutcome(`${name}-quick`);

const LABS: readonly {
  readonly stage: number;
  readonly steps: Readonly<Record<string, Taken>>;
}[] = [
  {
    stage: 4,
    steps: {
      look: { run: null, predicted: {}, checks: { hosts: ['3', '6'], way: ['lb>web>db>db-replica', 'lb>web>db-replica'] } },
      limit: {
        run: load('stage-4-quick-replica-cpu'),
        predicted: { tier: 'web', load: '1-2' },
        checks: { named: ['memory', 'cpu'], busy: ['50', '85'], next: ['lb', 'web'] },
      },
      with: {
        run: outcome('with-and-without-replicas'),
        predicted: { more: '5-9' },
        checks: { reads: ['20', '3.6'], share: ['20', '86'] },
      },
      replica: { run: outcome('replica-dies'), predicted: { noticed: 'some' }, checks: { furthest: ['20', '0.1'] } },
      primary: {
        run: outcome('slow-link'),
        predicted: { without: '60-90' },
        checks: { lag: ['0', '3.1'], lost: ['9000', '34'] },
      },
      waiting: {
        run: outcome('slow-link-sync'),
        predicted: { without: '60-90' },
        checks: { lost: ['9000', '0'], transfer: ['nearby', 'far'] },
      },
      only: { run: outcome('only-replica-dies'), predicted: { noticed: 'some' }, checks: { tail: ['900', '7.3'] } },
      silent: { run: outcome('replica-silent'), predicted: { wait: '60-90' }, checks: { failed: ['500', '0'] } },
      late: { run: outcome('stale-replicas'), predicted: { late: '90-99' }, checks: { lag: ['9', '1.18'] } },
    },
  },
  {
    stage: 5,
    steps: {
      look: { run: null, predicted: {}, checks: { hosts: ['3', '8'], way: ['lb>web>db-replica>cache', 'lb>web>cache>db-replica'] } },
      saves: { run: outcome('cache-saves'), predicted: { hits: '10-20' }, checks: { saved: ['0.5', '0.04'] } },
      limit: {
        run: load('stage-5-quick-web-cpu'),
        predicted: { tier: 'cache', load: '1-2' },
        checks: { named: ['memory', 'cpu'], busy: ['50', '100'], next: ['db', 'lb'] },
      },
      ttl: { run: outcome('time-to-live'), predicted: { saved: '5-9' }, checks: { stale: ['60', '8'] } },
      stale: { run: outcome('stale-hits'), predicted: { kept: '50-60' }, checks: { stale: ['0', '53'] } },
      dies: {
        run: outcome('cache-dies'),
        predicted: { rush: '1-2' },
        checks: { measured: ['2', '50.5'], transfer: ['slower', 'overload'] },
      },
      through: { run: outcome('write-through'), predicted: { hits: '1-2' }, checks: { slower: ['90', '4.8'] } },
      servers: { run: outcome('cache-scales'), predicted: { hits: '1-2' }, checks: { saved: ['2', '0.16'] } },
      expiry: { run: outcome('idle-expiry'), predicted: { hits: '1-2' }, checks: { saved: ['2', '0.48'] } },
      vain: { run: outcome('cache-without-hits'), predicted: { hits: '60-70' }, checks: { cost: ['3', '0.91'] } },
      restart: { run: outcome('cache-restarts'), predicted: { rush: '500-900' }, checks: { lost: ['9000', '0'] } },
      evict: { run: outcome('eviction'), predicted: { best: 'first in, first out' }, checks: { hits: ['80', '26'] } },
      spare: { run: outcome('over-provisioning'), predicted: { saved: '5-9' }, checks: { hits: ['20', '76'] } },
    },
  },
  {
    stage: 6,
    steps: {
      look: {
        run: null,
        predicted: {},
        checks: { hosts: ['3', '10'], way: ['edge>lb>cache>web>db-replica', 'edge>lb>web>cache>db-replica'] },
      },
      fill: { run: outcome('fill-and-expire'), predicted: { hits: '90-95', west: '50-60' }, checks: { sent: ['0.9', '0.53'] } },
      names: {
        run: outcome('purge-and-version'),
        predicted: { purged: 'hit' },
        checks: { version: ['hit', 'miss'], old: ['miss', 'hit'] },
      },
      rare: { run: outcome('rare-files'), predicted: { kept: '10-20' }, checks: { price: ['1.5', '0.88'] } },
      limit: {
        run: load('stage-6-quick-one-web'),
        predicted: { tier: 'edge', load: '1-2' },
        checks: { named: ['memory', 'cpu'], busy: ['50', '100'] },
      },
      dies: {
        run: outcome('edge-dies'),
        predicted: { share: '90-100' },
        checks: { instead: ['20', '329'], transfer: ['fallback', 'second'] },
      },
      life: { run: outcome('how-long-files-live'), predicted: { sent: '5-9' }, checks: { stale: ['60', '3'] } },
    },
  },
];

describe.each(LABS)('lab $stage, on recorded runs', ({ stage, steps }) => {
  const lab = labs.find((one) => one.stage === stage);
  if (lab === undefined) throw new Error(`There is no lab ${stage}.`);
  const runs = new Map(Object.values(steps).flatMap(({ run }) => (run === null ? [] : [[run.id, run]])));
  const folder = mkdtempSync(join(tmpdir(), 'loadstair-labs-'));
  let desk: LabDesk;

  beforeAll(() => {
    desk = createDesk({
      labs,
      progress: createProgressStore(folder),
      runs: {
        open(id) {
          const run = runs.get(id);
          if (run === undefined) throw new Error(`There is no run ${id}.`);
          return run;
        },
      },
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Sites that are mended run as the learner changes them: libs/simulation takes those steps. */
  const recorded = lab.steps.filter(({ action }) => action.kind !== 'fix');

  it('has all of them taken here', () => {
    expect(Object.keys(steps)).toEqual(recorded.map(({ id }) => id));
  });

  it.each(recorded.map((step) => ({ id: step.id, step })))('$id: a wrong way gets its hints, the right one passes', ({ id, step }) => {
    const taken = steps[id];
    if (taken === undefined) throw new Error(`Nobody takes ${id}.`);
    const at: At = { learner: 'anna', stage, step: id, quick: true };
    if (taken.run !== null) predictWrong(desk, at, step, taken.predicted, taken.run.id);
    for (const asked of step.check) answerTwice(desk, at, asked, taken.checks[asked.key] ?? ['', '']);
    if (step.reflect !== null) desk.reflect(at, 'I would have thought so');
    expect(desk.view(at)).toMatchObject({ moment: 'done', ended: 'passed' });
  });

  it('is done then', () => {
    for (const { id, action } of lab.steps) if (action.kind === 'fix') desk.skip({ learner: 'anna', stage, step: id, quick: true });
    expect(desk.summary('anna').find((one) => one.stage === stage)).toMatchObject({
      next: null,
      done: lab.steps.length,
      takesS: { full: 0, quick: 0 },
    });
  });
});

/** Each answer is judged by the run, and told where it shows otherwise. */
function predictWrong(desk: LabDesk, at: At, step: LabStep, said: Taken['predicted'], run: string): void {
  const answers = Object.fromEntries(step.predict.map((asked) => [asked.key, answerTo(asked, said[asked.key] ?? '')]));
  desk.lock(at, { answers, why: 'a guess', sure: 'guess' });
  const { happened } = desk.ran(at, run);
  if (happened?.kind !== 'judged') throw new Error(`${at.step} is not judged: ${JSON.stringify(happened)}`);
  for (const { key, outcome: became, text, place } of happened.graded)
    expect({ key, became, text, place }).toEqual({
      key,
      became: 'differs',
      text: expect.stringMatching(/you predicted .+ Measured: .+ See /),
      place: expect.objectContaining({ kind: 'run', run }),
    });
}

function answerTwice(desk: LabDesk, at: At, asked: AskedQuestion, [wrong, right]: readonly [string, string]): void {
  const check = (text: string) => desk.check(at, asked.key, answerTo(asked, text)).checks?.find(({ key }) => key === asked.key);
  expect(check(wrong)).toMatchObject({ key: asked.key, open: true, last: { outcome: 'differs' } });
  const hints = [1, 2, 3].map(() => desk.hint(at, asked.key).checks?.find(({ key }) => key === asked.key)?.hints.length);
  expect(hints).toEqual([1, 2, 3]);
  expect(check(right)).toMatchObject({ key: asked.key, open: false, last: { outcome: 'right' } });
}

function answerTo({ key, question }: AskedQuestion, text: string) {
  const parsed = parseAnswer(question.form, text, false);
  if (parsed.kind === 'unclear') throw new Error(`${key}: ${parsed.say}`);
  return parsed.answer;
}

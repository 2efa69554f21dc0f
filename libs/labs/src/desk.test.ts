import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RUN_TAKES_S } from '@loadstair/load/durations';
import type { OpenedRun } from '@loadstair/runs';
import { BadAnswer, NotNow, type PredictionGiven } from './advance.ts';
import { createDesk, UnknownLab, type At, type LabDesk } from './desk.ts';
import { labLogOf } from './export-log.ts';
import { defineLab } from './lab.ts';
import { BadLabLog, readLabLog, type LabLog } from './lablog.ts';
import { BadLearner, createProgressStore, DamagedProgress, learnerName } from './progress-store.ts';
import { hostCount } from './questions/look.ts';
import { twoTiers } from './testing/recorded.ts';
import { BUSY, GUIDE, lab, predicted as given, RUNS, runStore } from './testing/two-hosts.ts';

let folder: string;
let desk: LabDesk;
let minute = 0;
const at = (step: string, learner = 'anna'): At => ({ learner, stage: 2, step, quick: true });
const number = (value: number) => ({ kind: 'number', value }) as const;

const logOfAnna = (): LabLog => {
  const learner = { learner: 'anna', id: '0123abcd', games: [], test: { before: null, after: null } };
  return labLogOf(learner, [lab], [desk.progress('anna', 2)], '2026-11-24T11:00:00.000Z');
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-labs-'));
  minute = 0;
  desk = createDesk({
    labs: [lab],
    progress: createProgressStore(folder),
    runs: runStore,
    now: () => new Date(Date.UTC(2026, 10, 24, 10, minute++)),
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a step where nothing runs', () => {
  it('is passed with its last right answer, and a wrong one leaves it open', () => {
    const wrong = desk.check(at('look'), 'hosts', number(2));
    expect(wrong).toMatchObject({ moment: 'check', checks: [{ open: true, tries: 1, last: { outcome: 'differs' } }] });
    expect(desk.next('anna', 2)?.id).toBe('look');
    const right = desk.check(at('look'), 'hosts', number(3));
    expect(right.steps).toEqual([
      { step: 'look', title: 'Look', optional: false, ended: 'passed' },
      { step: 'limit', title: 'Where does it stop?', optional: false, ended: null },
    ]);
    expect(right).toMatchObject({ moment: 'done', ended: 'passed', checks: [{ open: false, tries: 2, last: { outcome: 'right' } }] });
    expect(desk.next('anna', 2)?.id).toBe('limit');
  });
});

describe('a step with a run', () => {
  it('shows nothing but the question until the prediction is locked', () => {
    const view = desk.open(at('limit'));
    expect(view).toMatchObject({ moment: 'predict', happened: null, checks: null, reflect: null });
    // A tier can be taken on the picture of the step's topology.
    expect(view.predict?.questions.map(({ key, answer, pick }) => [key, answer, pick])).toEqual([
      ['tier', null, twoTiers],
      ['load', null, null],
    ]);
    expect(JSON.stringify(view)).not.toMatch(/means|hint|Measured/);
    expect(() => desk.hint(at('limit'), 'busy')).toThrow(NotNow);
    expect(() => desk.check(at('limit'), 'busy', number(BUSY))).toThrow(NotNow);
    expect(() => desk.ran(at('limit'), 'good')).toThrow(NotNow);
  });

  it('locks what was said, with a hash, and never changes it', () => {
    const view = desk.lock(at('limit'), given);
    expect(view).toMatchObject({
      moment: 'run',
      checks: null,
      predict: {
        questions: [{ draw: { kind: 'tier', tier: 'db' }, pick: null }, { draw: { kind: 'load', low: 40, high: 90 } }],
        locked: { why: given.why, sure: 'fairly', hash: expect.stringMatching(/^[0-9a-f]{12}$/), holds: true },
      },
    });
    expect(() => desk.lock(at('limit'), { ...given, why: 'now I know' })).toThrow(NotNow);
    expect(() => desk.hint(at('limit'), 'busy')).toThrow(NotNow);
  });

  it('tells when the file was changed after', () => {
    desk.lock(at('limit'), given);
    const file = join(folder, 'labs', 'anna', '2.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"db"', '"web"'));
    expect(desk.view(at('limit')).predict?.locked).toMatchObject({ holds: false });
    const log = logOfAnna();
    expect(log.labs[0]?.steps[1]?.prediction).toMatchObject({ holds: false });
  });

  it.each<[string, PredictionGiven]>([
    ['leaves one out', { ...given, answers: { tier: { kind: 'unsure' } } }],
    ['says a number for a range', { ...given, answers: { ...given.answers, load: number(3) } }],
    ['names what is not there', { ...given, answers: { ...given.answers, tier: { kind: 'choice', value: 'cache' } } }],
  ])('takes no prediction that %s', (_what, wrong) => {
    expect(() => desk.lock(at('limit'), wrong)).toThrow(BadAnswer);
    expect(desk.view(at('limit')).moment).toBe('predict');
  });

  it('takes “not sure” for an answer, and judges it neither right nor wrong', () => {
    desk.lock(at('limit'), { ...given, answers: { tier: { kind: 'unsure' }, load: { kind: 'unsure' } } });
    const { happened } = desk.ran(at('limit'), 'good');
    expect(happened).toMatchObject({ kind: 'judged', graded: [{ outcome: 'unsure', because: [] }, { outcome: 'unsure' }] });
  });

  it('judges the prediction by the run; what differs gets the longer explanation and a place', () => {
    desk.lock(at('limit'), given);
    const view = desk.ran(at('limit'), 'good');
    expect(view.moment).toBe('check');
    expect(view.happened).toMatchObject({
      kind: 'judged',
      run: 'good',
      graded: [
        {
          key: 'tier',
          outcome: 'differs',
          text: expect.stringMatching(/^First to run out: you predicted db-1\. Measured: web-1 CPU at [\d.]+\/s/),
          because: expect.arrayContaining([expect.stringContaining('busy in step')]),
          place: { kind: 'run', run: 'good', anchor: 'runs-out' },
        },
        { key: 'load', outcome: 'right', text: expect.stringContaining('Inside, 50/s wide.'), because: [] },
      ],
    });
  });

  it('gives each reason once, where two answers differ for the same', () => {
    desk.lock(at('limit'), { ...given, answers: { ...given.answers, load: { kind: 'range', low: 500, high: 900 } } });
    const { happened } = desk.ran(at('limit'), 'good');
    const because = happened?.kind === 'judged' ? happened.graded.flatMap((one) => one.because) : [];
    expect(because.length).toBeGreaterThan(1);
    expect(new Set(because).size).toBe(because.length);
  });

  it('keeps the prediction open when a run is refused or the lab breaks, and neither counts as a try', () => {
    desk.lock(at('limit'), given);
    expect(desk.ran(at('limit'), 'bad')).toMatchObject({
      moment: 'run',
      checks: null,
      happened: { kind: 'refused', text: 'This run cannot be judged (SHORT), so your prediction is still open.' },
    });
    expect(desk.broke(at('limit'), 'k6 did not start.')).toMatchObject({
      moment: 'run',
      happened: { kind: 'broke', text: expect.stringContaining('k6 did not start.') },
    });
    const after = desk.ran(at('limit'), 'good');
    expect(after).toMatchObject({ moment: 'check', checks: [{ tries: 0, open: true }] });
    const log = logOfAnna();
    expect(log.labs[0]?.steps[1]).toMatchObject({ refused: 1, broke: 1, tries: 0, runs: ['bad', 'good'], state: 'open' });
  });

  it('opens three hints one at a time: where, what it means, the answer; they are counted', () => {
    desk.lock(at('limit'), given);
    desk.ran(at('limit'), 'good');
    const levels = [1, 2, 3, 4].map(() => desk.hint(at('limit'), 'busy').checks?.[0]);
    expect(levels.map((check) => check?.hints.length)).toEqual([1, 2, 3, 3]);
    expect(levels.map((check) => check?.hintsLeft)).toEqual([2, 1, 0, 0]);
    const [where, means, answer] = levels[2]?.hints ?? [];
    expect(where).toMatchObject({ level: 1, place: { kind: 'run', run: 'good', anchor: 'runs-out', step: expect.any(Number) } });
    expect(means).toMatchObject({ level: 2, text: expect.stringContaining('busy share is') });
    expect(answer).toMatchObject({ level: 3, text: expect.stringMatching(/: \d+ ± \d+ %\.$/) });
    // The first two give nothing away.
    expect(JSON.stringify([where, means])).not.toMatch(/\d+ ± \d+/);
  });

  it('is passed when it was reflected on, and then shows every hint', () => {
    desk.lock(at('limit'), given);
    desk.ran(at('limit'), 'good');
    expect(() => desk.reflect(at('limit'), 'too early')).toThrow(NotNow);
    const checked = desk.check(at('limit'), 'busy', number(BUSY));
    expect(checked).toMatchObject({
      moment: 'reflect',
      ended: null,
      reflect: { ask: 'What next?', beside: expect.arrayContaining(['Your reason: all of it ends there']), answer: null },
    });
    expect(() => desk.check(at('limit'), 'busy', number(BUSY))).toThrow(NotNow);
    const done = desk.reflect(at('limit'), 'a bigger web host');
    expect(done).toMatchObject({ moment: 'done', ended: 'passed', reflect: { answer: 'a bigger web host' } });
    expect(done.checks?.[0]?.hints).toHaveLength(3);
    expect(() => desk.skip(at('limit'))).toThrow(NotNow);
  });

  it('can be skipped at any moment', () => {
    expect(desk.skip(at('limit'))).toMatchObject({ moment: 'done', ended: 'skipped' });
    expect(desk.summary('anna')).toEqual([
      {
        stage: 2,
        slug: 'separate-database',
        title: 'Two hosts',
        steps: 2,
        done: 1,
        next: { step: 'look', number: 1, title: 'Look' },
        optional: 0,
        begun: true,
        takesS: { full: 0, quick: 0 },
      },
    ]);
    // Of the step that was skipped nothing is left to run.
    expect(desk.summary('ben')).toMatchObject([{ begun: false, takesS: RUN_TAKES_S }]);
  });
});

describe('progress', () => {
  it('is there again for another desk, for this learner alone', () => {
    desk.lock(at('limit'), given);
    const again = createDesk({ labs: [lab], progress: createProgressStore(folder), runs: { open: () => RUNS['good'] as OpenedRun } });
    expect(again.view(at('limit'))).toMatchObject({ moment: 'run', predict: { locked: { holds: true } } });
    expect(again.view(at('limit', 'ben')).moment).toBe('predict');
    const store = createProgressStore(folder);
    expect(store.learners()).toEqual(['anna']);
    expect(store.idOf('anna')).toBe(store.idOf('anna'));
    // An id alone begins nothing.
    expect([store.idOf('ben') === store.idOf('anna'), store.learners()]).toEqual([false, ['anna']]);
  });

  it('of a lab that changed keeps the steps that are still there', () => {
    desk.check(at('look'), 'hosts', number(3));
    desk.lock(at('limit'), given);
    const shorter = defineLab(twoTiers, `${GUIDE.slice(0, GUIDE.indexOf('## 2.'))}`, [
      { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount() } },
    ]);
    const again = createDesk({ labs: [shorter], progress: createProgressStore(folder), runs: { open: () => RUNS['good'] as OpenedRun } });
    expect(again.next('anna', 2)).toBeNull();
  });

  it.each([
    ['half a file', '{"schema":1,'],
    ['another shape', '{"schema":1,"learner":"anna","stage":2,"steps":[{}]}'],
    ['a newer schema', '{"schema":2,"learner":"anna","stage":2,"steps":[]}'],
  ])('that is %s is an error with the file’s name', (_what, text) => {
    mkdirSync(join(folder, 'labs', 'anna'), { recursive: true });
    writeFileSync(join(folder, 'labs', 'anna', '2.json'), text);
    expect(() => desk.view(at('look'))).toThrow(DamagedProgress);
    expect(() => desk.view(at('look'))).toThrow('2.json');
  });

  it.each([
    ["Siobhán O'Brien", "Siobhán O'Brien"],
    ['अनिता', 'अनिता'],
    ['Jose\u0301', 'Jos\u00e9'],
    ['Gal·la', 'Gal·la'],
  ])('keeps “%s” as “%s”', (typed, kept) => {
    desk.open(at('look', learnerName(typed)));
    expect(createProgressStore(folder).learners()).toEqual([kept]);
    expect(statSync(join(folder, 'labs', kept, '2.json')).mode & 0o777).toBe(0o600);
  });

  it.each(['../../etc', '', '.hidden', 'a/b', 'x'.repeat(41)])('has no learner called “%s”', (learner) => {
    expect(() => desk.open(at('look', learner))).toThrow(BadLearner);
  });

  it('has no lab, step or check of another name', () => {
    expect(() => desk.lab(7)).toThrow(UnknownLab);
    expect(() => desk.view(at('dance'))).toThrow(UnknownLab);
    expect(() => desk.check(at('look'), 'busy', number(1))).toThrow(UnknownLab);
  });
});

describe('a lab log', () => {
  it('is what was done, and is read again as it was', () => {
    desk.check(at('look'), 'hosts', number(3));
    desk.lock(at('limit'), given);
    desk.ran(at('limit'), 'good');
    desk.check(at('limit'), 'busy', number(3));
    desk.hint(at('limit'), 'busy');
    const log = logOfAnna();
    expect(log.labs[0]?.steps).toMatchObject([
      { step: 'look', state: 'passed', tries: 1 },
      {
        step: 'limit',
        state: 'open',
        tries: 1,
        hints: 1,
        prediction: {
          holds: true,
          answers: [
            { about: 'First to run out', said: 'db-1', tier: 'db', outcome: 'differs' },
            { about: 'Limit of the site', said: '40–90/s', tier: null, outcome: 'right' },
          ],
        },
      },
    ]);
    expect(readLabLog(JSON.stringify(log), 'anna.lablog.json')).toEqual(log);
  });

  it.each(['nothing', '{}', '{"schema":1,"kind":"run"}'])('%s is none', (text) => {
    expect(() => readLabLog(text, 'x.lablog.json')).toThrow(BadLabLog);
  });
});

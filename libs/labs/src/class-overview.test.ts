import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PredictionGiven } from './advance.ts';
import type { Answer } from './answer.ts';
import { cellText, classOverview } from './class-overview.ts';
import { createDesk, type At, type LabDesk } from './desk.ts';
import { labLogOf } from './export-log.ts';
import { defineLab } from './lab.ts';
import { readClass, readLabLog, textOf, type LabLog } from './lablog.ts';
import { createProgressStore } from './progress-store.ts';
import { hostCount } from './questions/look.ts';
import { twoTiers } from './testing/recorded.ts';
import { BUSY, GUIDE, lab, predicted, runStore } from './testing/two-hosts.ts';

/** A second lab, which few have begun. */
const later = defineLab({ ...twoTiers, stage: 3 }, GUIDE.slice(0, GUIDE.indexOf('## 2.')), [
  { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount() } },
]);
const labs = [lab, later];
/** The step that runs, and its check. */
const [LIMIT, BUSY_SHARE] = ['limit', 'busy'] as const;

let folder: string;
let desk: LabDesk;
/** Minutes since the class began. */
let clock: number;
const now = (): Date => new Date(Date.UTC(2026, 10, 24, 10, clock));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-class-'));
  clock = 0;
  desk = createDesk({ labs, progress: createProgressStore(folder), runs: runStore, now });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const idOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 8);

/** One who takes the labs: what is done, and the log of it at a minute of the class. */
function learner(name: string, id = idOf(name)): { readonly takes: Takes; readonly logAt: (minute: number) => LabLog } {
  const at = (step: string, stage = 2): At => ({ learner: name, stage, step, quick: true });
  return {
    takes: {
      look: (hosts = 3, stage = 2) => void desk.check(at('look', stage), 'hosts', { kind: 'number', value: hosts }),
      predict: (tier = 'db', load = predicted.answers['load']) =>
        void desk.lock(at(LIMIT), {
          ...predicted,
          answers: { tier: named(tier), load: load ?? { kind: 'unsure' } },
        } satisfies PredictionGiven),
      run: (run) => void desk.ran(at(LIMIT), run),
      broke: () => void desk.broke(at(LIMIT), 'k6 did not start.'),
      check: (busy = BUSY) => void desk.check(at(LIMIT), BUSY_SHARE, { kind: 'number', value: busy }),
      hint: () => void desk.hint(at(LIMIT), BUSY_SHARE),
      reflect: () => void desk.reflect(at(LIMIT), 'a bigger host'),
      skip: () => void desk.skip(at(LIMIT)),
    },
    logAt: (minute) => {
      clock = minute;
      const progress = labs.map(({ stage }) => desk.progress(name, stage));
      return labLogOf({ learner: name, id, games: [], test: { before: null, after: null } }, labs, progress, now().toISOString());
    },
  };
}

const named = (tier: string): Answer => (tier === '?' ? { kind: 'unsure' } : { kind: 'choice', value: tier });

interface Takes {
  look(hosts?: number, stage?: number): void;
  predict(tier?: string, load?: Answer): void;
  run(run: 'good' | 'bad'): void;
  broke(): void;
  check(busy?: number): void;
  hint(): void;
  reflect(): void;
  skip(): void;
}

describe('a cell', () => {
  it.each<[string, (anna: Takes) => void]>([
    ['', () => {}],
    ['✓', (anna) => [anna.predict('web'), anna.run('good'), anna.check(), anna.reflect()]],
    ['2 tries', (anna) => [anna.predict(), anna.run('good'), anna.check(1), anna.check(), anna.reflect()]],
    [
      'hint 3',
      (anna) => [anna.predict(), anna.run('good'), anna.check(1), anna.hint(), anna.hint(), anna.hint(), anna.check(), anna.reflect()],
    ],
    ['skipped', (anna) => [anna.predict(), anna.run('good'), anna.check(1), anna.skip()]],
    ['open 14 min', (anna) => anna.predict()],
    ['refused ×2', (anna) => [anna.predict(), anna.run('bad'), anna.run('bad')]],
    ['lab broke', (anna) => [anna.predict(), anna.run('bad'), anna.broke()]],
    // Judged since: what was refused before holds nobody up.
    ['open 14 min', (anna) => [anna.predict(), anna.run('bad'), anna.run('good')]],
  ])('reads “%s”', (text, does) => {
    const anna = learner('anna');
    anna.takes.look();
    does(anna.takes);
    const { rows } = classOverview([anna.logAt(14)]);
    expect(rows[0]?.cells.map(cellText)).toEqual(['✓', text]);
  });

  it('opens the last run of its step', () => {
    const anna = learner('anna');
    anna.takes.look();
    anna.takes.predict();
    anna.takes.run('bad');
    anna.takes.run('good');
    expect(classOverview([anna.logAt(14)]).rows[0]?.runs).toEqual([null, 'good']);
  });
});

describe('a class', () => {
  /** Who is right, wrong in two ways, unsure, and not judged yet. */
  function logs(): LabLog[] {
    const [anna, ben, cleo, dora, emil, finn] = ['anna', 'ben', 'cleo', 'dora', 'emil', 'finn'].map((name) => learner(name));
    const done = (one: ReturnType<typeof learner> | undefined, tier: string, load?: Answer): void => {
      one?.takes.predict(tier, load);
      one?.takes.run('good');
      one?.takes.check();
      one?.takes.reflect();
    };
    done(anna, 'web');
    done(dora, 'nothing');
    done(emil, '?', { kind: 'unsure' });
    ben?.takes.predict('db', { kind: 'range', low: 500, high: 900 });
    ben?.takes.run('good');
    cleo?.takes.predict('db');
    cleo?.takes.run('good');
    cleo?.takes.hint();
    cleo?.takes.check();
    cleo?.takes.reflect();
    clock = 13;
    finn?.takes.predict('db');
    return [anna, ben, cleo, dora, emil, finn].flatMap((one) => one?.logAt(14) ?? []);
  }

  it('has the most stuck first', () => {
    expect(classOverview(logs()).rows.map((row) => row.learner)).toEqual(['ben', 'finn', 'cleo', 'anna', 'dora', 'emil']);
  });

  it('has the share right at first prediction, of those a run judged, and the commonest wrong answer to each question', () => {
    const [look, limit] = classOverview(logs()).columns;
    expect(look).toMatchObject({ stage: 2, labTitle: 'Two hosts', step: 'look', number: 1, right: null, wrong: [] });
    expect(limit).toMatchObject({
      step: 'limit',
      number: 2,
      right: { right: 1, of: 5 },
      wrong: [
        {
          about: 'First to run out',
          said: 'db-1',
          tier: 'db',
          times: 2,
          why: [
            { reason: 'all of it ends there', sure: 'fairly' },
            { reason: 'all of it ends there', sure: 'fairly' },
          ],
        },
        { about: 'Limit of the site', said: '500–900/s', tier: null, times: 1 },
      ],
    });
  });

  it('counts a learner once, by the newest log, and leaves out labs nobody has begun', () => {
    const anna = learner('anna');
    anna.takes.predict('web');
    const old = anna.logAt(5);
    anna.takes.run('good');
    anna.takes.check();
    anna.takes.reflect();
    const newer = anna.logAt(9);
    const { rows, columns } = classOverview([newer, old]);
    expect(rows.map((row) => [row.learner, row.cells.map(cellText)])).toEqual([['anna', ['', '✓']]]);
    expect(columns.map((column) => column.stage)).toEqual([2, 2]);
    const ben = learner('ben');
    ben.takes.look(3, 3);
    expect(classOverview([newer, ben.logAt(10)]).columns.map((column) => column.stage)).toEqual([2, 2, 3]);
  });

  it('tells learners of one name apart, and says that there are several', () => {
    const [one, other] = [learner('me', '0000000a'), learner('me', '0000000b')].map((own) => own.logAt(1));
    const { rows, sameNames } = classOverview([one as LabLog, other as LabLog, learner('ben').logAt(2)]);
    expect(rows.map((row) => row.learner)).toEqual(['ben', 'me (0000000a)', 'me (0000000b)']);
    expect(sameNames).toEqual(['me']);
  });

  it('has what learners thought at the end, and how often they were right who were so sure', () => {
    const { columns, calibration } = classOverview(logs());
    expect(columns[1]?.reflections).toEqual(['anna', 'cleo', 'dora', 'emil'].map((name) => ({ learner: name, text: 'a bigger host' })));
    // Two questions each: anna is right twice, cleo and dora about the load alone, ben in nothing; emil claims nothing.
    expect(calibration).toEqual([
      { level: 'guess', right: 0, of: 0 },
      { level: 'fairly', right: 4, of: 8 },
      { level: 'very', right: 0, of: 0 },
    ]);
  });

  it('is read from its files; one that is no lab log hides nobody else', () => {
    const file = (log: LabLog) => ({ name: `${log.learner}.lablog.json`, text: JSON.stringify(log) });
    const [first, ...others] = logs().map(file);
    const { logs: read, unread } = readClass([{ name: 'half.lablog.json', text: first?.text.slice(0, 90) ?? '' }, ...others]);
    expect(read.map((log) => log.learner)).toEqual(['ben', 'cleo', 'dora', 'emil', 'finn']);
    expect(unread.map((problem) => problem.what)).toEqual(['half.lablog.json is no lab log.']);
  });
});

describe('a file from somewhere', () => {
  const test = { before: null, after: null };
  const log = {
    schema: 2,
    kind: 'lablog',
    id: '0123abcd',
    learner: 'anna',
    exportedAt: '2026-11-24T20:00:00.000Z',
    labs: [],
    games: [],
    test,
  };
  const text = JSON.stringify(log);

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, low byte first', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, high byte first', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('is read as %s', (_name, bytes) => {
    expect(readLabLog(textOf(bytes), 'anna.lablog.json')).toEqual(log);
  });

  it('is clean and bounded', () => {
    const read = (change: object) => readLabLog(JSON.stringify({ ...log, ...change }), 'x.lablog.json');
    expect(() => read({ id: '../../x' })).toThrow('no lab log');
    expect(read({ learner: 'an\u001b]0;x\u0007na' }).learner).toBe('an]0;xna');
    expect(() => read({ learner: 'x'.repeat(201) })).toThrow('no lab log');
    expect(() => read({ labs: Array.from({ length: 101 }, () => ({ stage: 1, slug: '', title: '', steps: [] })) })).toThrow('no lab log');
    expect(() => readLabLog(`${text}${' '.repeat(5 * 2 ** 20)}`, 'x.lablog.json')).toThrow('larger than 4 MiB');
  });
});

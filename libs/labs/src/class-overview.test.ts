import { describe, expect, it } from '@jest/globals';
import { cellText, classOverview } from './class-overview.ts';
import type { LabLog, StepLog } from './lablog.ts';

const step = (id: string, rest: Partial<StepLog> = {}): StepLog => ({
  step: id,
  title: id,
  state: 'untouched',
  startedAt: null,
  endedAt: null,
  tries: 0,
  hints: 0,
  refused: 0,
  broke: 0,
  prediction: null,
  reflection: null,
  runs: [],
  ...rest,
});

const predicted = (said: string, outcome: 'right' | 'differs' | 'unsure' | 'not-shown' | null): StepLog['prediction'] => ({
  holds: true,
  why: '',
  sure: null,
  answers: [{ about: 'First to run out', said, outcome }],
});

const log = (learner: string, steps: readonly StepLog[], exportedAt = '2026-11-24T10:14:00.000Z'): LabLog => ({
  schema: 1,
  kind: 'lablog',
  learner,
  exportedAt,
  labs: [{ stage: 3, slug: 'load-balancer', title: 'Load balancer', steps: [...steps] }],
});

const open = { state: 'open', startedAt: '2026-11-24T10:00:00.000Z' } as const;

describe('a cell', () => {
  it.each<[string, Partial<StepLog>]>([
    ['', {}],
    ['✓', { state: 'passed', tries: 1, prediction: predicted('db-1', 'right') }],
    ['2 tries', { state: 'passed', tries: 2 }],
    ['hint 3', { state: 'passed', tries: 2, hints: 3 }],
    ['skipped', { state: 'skipped', tries: 4 }],
    ['open 14 min', open],
    ['refused ×2', { ...open, refused: 2, prediction: predicted('db-1', null) }],
    ['lab broke', { ...open, refused: 1, broke: 1, prediction: predicted('db-1', null) }],
    // Judged since: what was refused before holds nobody up.
    ['open 14 min', { ...open, refused: 2, prediction: predicted('db-1', 'differs') }],
  ])('reads “%s”', (text, rest) => {
    const { rows } = classOverview([log('anna', [step('look', { state: 'passed' }), step('limit', rest)])]);
    expect(rows[0]?.cells.map(cellText)).toEqual(['✓', text]);
  });

  it('opens the last run of its step', () => {
    const { rows } = classOverview([log('anna', [step('look', { state: 'passed' }), step('limit', { ...open, runs: ['k3f9', 'm2x7'] })])]);
    expect(rows[0]?.runs).toEqual([null, 'm2x7']);
  });
});

describe('a class', () => {
  const overview = classOverview([
    log('anna', [step('limit', { state: 'passed', prediction: predicted('db-1', 'right') })]),
    log('ben', [step('limit', { ...open, prediction: predicted('web tier', 'differs') })]),
    log('cleo', [step('limit', { state: 'passed', hints: 1, prediction: predicted('web tier', 'differs') })]),
    log('dora', [step('limit', { state: 'passed', prediction: predicted('lb-1', 'differs') })]),
    log('emil', [step('limit', { state: 'passed', prediction: predicted('not sure', 'unsure') })]),
    log('finn', [step('limit', { ...open, startedAt: '2026-11-24T10:13:00.000Z', prediction: predicted('lb-1', null) })]),
  ]);

  it('has the most stuck first', () => {
    expect(overview.rows.map((row) => row.learner)).toEqual(['ben', 'finn', 'cleo', 'anna', 'dora', 'emil']);
  });

  it('has the share right at first prediction, of those a run judged, and the commonest wrong answer', () => {
    expect(overview.columns).toEqual([
      {
        stage: 3,
        step: 'limit',
        number: 1,
        title: 'limit',
        right: { right: 1, of: 5 },
        commonestWrong: { about: 'First to run out', said: 'web tier', times: 2 },
      },
    ]);
  });

  it('counts a learner once, by the newest log, and leaves out labs nobody has begun', () => {
    const old = log('anna', [step('limit', open)], '2026-11-24T09:00:00.000Z');
    const newer = log('anna', [step('limit', { state: 'passed' })]);
    const untouched: LabLog = { ...log('ben', [step('limit', open)]) };
    untouched.labs.push({ stage: 4, slug: 'replication', title: 'Replication', steps: [step('look')] });
    const { rows, columns } = classOverview([newer, old, untouched]);
    expect(rows.map((row) => [row.learner, row.cells.map(cellText)])).toEqual([
      ['ben', ['open 14 min']],
      ['anna', ['✓']],
    ]);
    expect(columns.map((column) => column.stage)).toEqual([3]);
  });
});

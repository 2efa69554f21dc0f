import { describe, expect, it } from '@jest/globals';
import type { ClassOverview, Form } from '@loadstair/labs';
import { classLines, labListLines, questionPrompt, sureOf, surePrompt } from './lab-view.ts';
import { minutes } from './minutes.ts';

const tiers: Form = {
  kind: 'choice',
  options: ['lb-1', 'web tier', 'db-1', 'nothing'].map((label) => ({ value: label, label })),
};

describe('a question', () => {
  it('stands on one line with its choices, “not sure” the last, where there is room', () => {
    expect(questionPrompt('First to run out?', tiers, true, 80)).toBe(
      'First to run out?  1 lb-1  2 web tier  3 db-1  4 nothing  5 not sure  > ',
    );
    expect(questionPrompt('Between which loads (/s)?', { kind: 'range', unit: '/s' }, true, 80)).toBe(
      'Between which loads (/s)?  from-to  ? not sure  > ',
    );
  });

  it.each([52, 60, 80])('leaves room for what is typed at %i columns, and breaks no choice', (columns) => {
    const lines = questionPrompt('Which of all the tiers of this site runs out first, do you think?', tiers, true, columns).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    expect(lines.at(-1)?.length).toBeLessThanOrEqual(columns - 8);
    for (const choice of ['1 lb-1', '2 web tier', '5 not sure']) expect(lines.some((line) => line.includes(choice))).toBe(true);
  });

  it('asks how sure one is in three words', () => {
    expect(surePrompt(80)).toBe('Sure?  1 guess  2 fairly  3 very  > ');
    expect(['1', 'fairly', ' VERY ', '4', ''].map(sureOf)).toEqual(['guess', 'fairly', 'very', null, null]);
  });
});

describe('a list of labs', () => {
  it('says where a learner stands, and what is next', () => {
    const lab = {
      stage: 1,
      slug: 's',
      title: 'Single server',
      steps: 3,
      done: 3,
      next: null,
      optional: 2,
      begun: true,
      takesS: { full: 740, quick: 300 },
    };
    expect(
      labListLines(
        [
          lab,
          { ...lab, stage: 2, title: 'Separate database', done: 1, next: { step: 'limit', number: 2, title: 'Where does it stop?' } },
          { ...lab, stage: 3, title: 'Load balancer', done: 0, begun: false, next: { step: 'look', number: 1, title: 'Look' } },
        ],
        'anna',
      ),
    ).toEqual([
      'labs of anna',
      ' 1  Single server       done, 2 optional steps left',
      ' 2  Separate database   step 2 of 3: Where does it stop?',
      ' 3  Load balancer       3 steps, 12 min of runs',
      '',
      'next   ./lab workshop 2',
    ]);
  });
});

describe('the teacher’s table', () => {
  const column = { stage: 3, labTitle: 'Load balancer', step: 'x', right: null, wrong: [], reflections: [] };
  const untold = { calibration: [] };
  const overview: ClassOverview = {
    columns: [
      { ...column, number: 1, title: 'Look' },
      {
        ...column,
        number: 2,
        title: 'Where does it stop?',
        right: { right: 7, of: 12 },
        wrong: [
          {
            about: 'First to run out',
            said: 'web tier',
            tier: 'web',
            times: 4,
            why: [{ reason: 'every request needs one', sure: 'very' }],
          },
        ],
        reflections: [{ learner: 'ben', text: 'the database is asked by both' }],
      },
    ],
    rows: [
      { ...untold, id: '0000000a', learner: 'ben', cells: [{ kind: 'passed' }, { kind: 'open', minutes: 14 }], runs: [null, null] },
      {
        ...untold,
        id: '0000000b',
        learner: 'a very long name of a learner',
        cells: [{ kind: 'tries', tries: 2 }, { kind: 'untouched' }],
        runs: [null, null],
      },
    ],
    sameNames: ['me'],
    games: [],
    gain: 'Test, 2 learners who took it twice: 25 % right before, 75 % after.',
    calibration: [
      { level: 'guess', right: 0, of: 0 },
      { level: 'fairly', right: 4, of: 8 },
      { level: 'very', right: 1, of: 3 },
    ],
  };

  it('has learners as rows, steps as columns, and what the class thought at first below', () => {
    expect(classLines(overview)).toEqual([
      'Several learners are called me. The id in their logs distinguishes them; ask',
      'each for a different name.',
      'lab 3           step 1      step 2',
      'ben             ✓           open 14 min',
      'a very long nam 2 tries',
      'right at first  –           7 of 12',
      '  step 2 Where does it stop?: most common wrong prediction: web tier (First to',
      '    run out), 4×',
      '    because “every request needs one” (very)',
      '  step 2, ben thinks: the database is asked by both',
      '',
      'Test, 2 learners who took it twice: 25 % right before, 75 % after.',
      '',
      'how sure learners were, and how often they were right',
      '  fairly sure: right 4 of 8 times (50 %)',
      '  very sure: right 1 of 3 times (33 %)',
    ]);
  });
});

it('gives minutes as 3:50', () => {
  expect([0, 40, 230].map(minutes)).toEqual(['0:00', '0:40', '3:50']);
});

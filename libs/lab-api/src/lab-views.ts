import {
  ANSWER,
  GRADE,
  LABLOG,
  type Block,
  type LabLog,
  type LabSummary,
  type StepMark,
  type StepView,
  type TestView,
} from '@loadstair/labs';
import { z } from 'zod';
import { BY_FORM, owned, TOPOLOGY } from './domain.ts';

/** Words of one kind; marks are data, and nothing of them is markup. */
const INLINES = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['text', 'strong', 'emphasis', 'code']), text: z.string() }),
    z.object({ kind: z.literal('link'), text: z.string(), href: z.string() }),
  ]),
);

/** Guided labs as pages show them. */
export const BLOCK = owned<Block>(
  'Block',
  'A part of the prose of a guide: words, a command, a list, a table or a picture',
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), inlines: INLINES }),
    z.object({ kind: z.literal('command'), text: z.string() }),
    z.object({ kind: z.literal('list'), ordered: z.boolean(), items: z.array(INLINES) }),
    z.object({ kind: z.literal('table'), head: z.array(INLINES), rows: z.array(z.array(INLINES)) }),
    z.object({ kind: z.literal('picture'), file: z.string(), caption: z.string() }),
  ]),
);

export const LAB_SUMMARY = owned<LabSummary>(
  'LabSummary',
  'A guided lab, and how far the learner is',
  z.object({
    stage: z.int(),
    slug: z.string(),
    title: z.string(),
    steps: z.int(),
    done: z.int(),
    next: z.object({ step: z.string(), number: z.int(), title: z.string() }).nullable(),
    optional: z.int(),
    begun: z.boolean(),
    takesS: BY_FORM,
  }),
);

const ENDED = z.enum(['passed', 'skipped']).nullable();

export const STEP_MARK = owned<StepMark>(
  'StepMark',
  'A step, and how the learner left it',
  z.object({ step: z.string(), title: z.string(), optional: z.boolean(), ended: ENDED }),
);

const UNIT = z.enum(['/s', '%', '×', 's', 'ms', '']);
const FORM = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('choice'), options: z.array(z.object({ value: z.string(), label: z.string() })) }),
  z.object({ kind: z.literal('range'), unit: UNIT }),
  z.object({ kind: z.literal('number'), unit: UNIT }),
]);

/** Where on the pages of a run, or of a stage, something can be read. */
const PLACE = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    run: z.string(),
    anchor: z.enum(['keeps-up', 'evidence', 'runs-out', 'steps', 'outcome']),
    step: z.number().nullable(),
    says: z.string(),
  }),
  z.object({ kind: z.literal('stage'), stage: z.int(), says: z.string() }),
  z.object({ kind: z.literal('step'), stage: z.int(), step: z.string(), says: z.string() }),
]);

const PREDICT = z.object({
  key: z.string(),
  ask: z.string(),
  form: FORM,
  answer: ANSWER.nullable(),
  draw: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('load'), low: z.number(), high: z.number() }),
      z.object({ kind: z.literal('seconds'), low: z.number(), high: z.number() }),
      z.object({ kind: z.literal('tier'), tier: z.string() }),
    ])
    .nullable(),
  pick: TOPOLOGY.nullable(),
});

const FIX = z.object({
  goal: z.string(),
  budget: z.string(),
  first: z.boolean(),
  tried: z.array(z.object({ run: z.string(), set: z.array(z.string()), text: z.string() })),
});

const HAPPENED = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('judged'),
    run: z.string(),
    graded: z.array(GRADE.extend({ key: z.string(), because: z.array(z.string()), place: PLACE.nullable() })),
  }),
  z.object({ kind: z.literal('refused'), run: z.string().nullable(), text: z.string() }),
  z.object({ kind: z.literal('broke'), text: z.string() }),
]);

const CHECK = z.object({
  key: z.string(),
  ask: z.string(),
  form: FORM,
  open: z.boolean(),
  tries: z.int(),
  last: GRADE.nullable(),
  hints: z.array(
    z.discriminatedUnion('level', [
      z.object({ level: z.literal(1), place: PLACE }),
      z.object({ level: z.literal(2), text: z.string() }),
      z.object({ level: z.literal(3), text: z.string(), because: z.array(z.string()) }),
    ]),
  ),
  hintsLeft: z.int(),
});

export const STEP_VIEW = owned<StepView>(
  'StepView',
  'A step as the page shows it now; what must not be seen yet is not in it',
  z.object({
    stage: z.int(),
    slug: z.string(),
    labTitle: z.string(),
    learner: z.string(),
    step: z.string(),
    number: z.int(),
    of: z.int(),
    steps: z.array(STEP_MARK),
    title: z.string(),
    optional: z.boolean(),
    text: z.array(BLOCK),
    action: z.enum(['look', 'run', 'experiment', 'fix']),
    topology: TOPOLOGY.nullable(),
    command: z.string().nullable(),
    takesS: BY_FORM,
    moment: z.enum(['predict', 'run', 'check', 'reflect', 'done']),
    ended: ENDED,
    predict: z
      .object({
        anchor: z.array(BLOCK),
        questions: z.array(PREDICT),
        locked: z
          .object({ why: z.string(), sure: z.string().nullable(), lockedAt: z.string(), hash: z.string(), holds: z.boolean() })
          .nullable(),
      })
      .nullable(),
    fix: FIX.nullable(),
    happened: HAPPENED.nullable(),
    checks: z.array(CHECK).nullable(),
    why: z.object({ blocks: z.array(BLOCK), first: z.boolean() }).nullable(),
    reflect: z.object({ ask: z.string(), beside: z.array(z.string()), answer: z.string().nullable() }).nullable(),
  }),
);

export const TEST_VIEW = owned<TestView>(
  'TestView',
  'The test before the labs and after them; which answers are right is in it once it was taken twice',
  z.object({
    learner: z.string(),
    moment: z.enum(['before', 'after', 'done']),
    questions: z.array(
      z.object({ key: z.string(), ask: z.string(), options: z.array(z.object({ value: z.string(), label: z.string() })) }),
    ),
    result: z
      .object({ gain: z.string(), missed: z.array(z.object({ ask: z.string(), right: z.string(), because: z.string() })) })
      .nullable(),
  }),
);

export const LAB_LOG = owned<LabLog>('LabLog', 'All a learner did, for a teacher', LABLOG);

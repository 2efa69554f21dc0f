import { ANSWER } from '@loadstair/labs';
import { z } from 'zod';
import { BEGUN, LAB, LABS, LEARNERS } from './answers.ts';
import { LAB_LOG, STEP_VIEW, TEST_VIEW } from './lab-views.ts';
import type { Operation } from './operation.ts';

/** Bodies of the guided labs' operations. */
const LEARNER = z.string().min(1).max(60);
const WHO = z.strictObject({ learner: LEARNER, quick: z.boolean().default(false) });
export const LAB_BODY = WHO;
export const LOCK_BODY = WHO.extend({
  answers: z.record(z.string().max(60), ANSWER),
  why: z.string().max(500).default(''),
  sure: z.enum(['guess', 'fairly', 'very']).nullable().default(null),
});
/** What a learner changes, as for `--set`; nothing where the step says what runs. */
export const STEP_RUN_BODY = WHO.extend({ set: z.array(z.string().max(200)).max(50).default([]) });
export const CHECK_BODY = WHO.extend({ key: z.string().max(60), answer: ANSWER });
export const HINT_BODY = WHO.extend({ key: z.string().max(60) });
export const TEST_BODY = z.strictObject({ learner: LEARNER, answers: z.record(z.string().max(60), z.string().max(60).nullable()) });
export const REFLECT_BODY = WHO.extend({ text: z.string().max(2000) });

const VIEW = { answer: STEP_VIEW, secret: true } as const;
const LEARNER_QUERY = z.object({ learner: z.string().optional() });

/** What a page of the guided labs asks of labd; who learns is in the query (`learner`) or the body. */
export const LAB_OPERATIONS = {
  'GET /api/labs': { summary: 'Labs, and where a learner stands in each', query: LEARNER_QUERY, answer: LABS },
  'GET /api/labs/learners': { summary: 'Learners who have begun a lab on this machine', answer: LEARNERS, secret: true },
  'GET /api/labs/test': {
    summary: 'The test that is taken before the labs and after them',
    query: LEARNER_QUERY,
    answer: TEST_VIEW,
    secret: true,
  },
  'POST /api/labs/test': { summary: 'Take the test, before the labs or after them', body: TEST_BODY, answer: TEST_VIEW },
  'GET /api/labs/log': {
    summary: 'All a learner did, as a lab log for a teacher',
    query: LEARNER_QUERY,
    answer: LAB_LOG,
    secret: true,
  },
  'GET /api/labs/{lab}': {
    summary: 'Goal, background and steps of a lab, and how the learner left each',
    query: LEARNER_QUERY,
    answer: LAB,
  },
  'GET /api/labs/{lab}/steps/{step}': {
    summary: 'One step as the page shows it now',
    query: LEARNER_QUERY.extend({ quick: z.string().optional().describe('1 is the short form') }),
    ...VIEW,
  },
  'POST /api/labs/{lab}/steps/{step}/open': { summary: 'The step is on the screen: its time begins', body: LAB_BODY, ...VIEW },
  'POST /api/labs/{lab}/steps/{step}/lock': { summary: 'Lock a prediction; it cannot be changed after', body: LOCK_BODY, ...VIEW },
  'POST /api/labs/{lab}/steps/{step}/run': {
    summary: 'Begin what the step runs, or the change that the learner makes; its end judges',
    body: STEP_RUN_BODY,
    status: 202,
    answer: BEGUN,
    refuses: [409],
  },
  'POST /api/labs/{lab}/steps/{step}/check': { summary: 'Answer a check', body: CHECK_BODY, ...VIEW },
  'POST /api/labs/{lab}/steps/{step}/hint': { summary: 'Open the next hint of a check', body: HINT_BODY, ...VIEW },
  'POST /api/labs/{lab}/steps/{step}/reflect': { summary: 'Say what you think now; the step is passed', body: REFLECT_BODY, ...VIEW },
  'POST /api/labs/{lab}/steps/{step}/skip': { summary: 'Leave the step as it is', body: LAB_BODY, ...VIEW },
} as const satisfies Record<string, Operation>;

/** What a learner said is told to who has the key, not to everybody on the machine. */
export function tellsAnswers({ originalUrl }: { readonly originalUrl: string }): boolean {
  try {
    return /^\/+api\/+labs\/+(?:log|learners|test|[^/]+\/+steps)\b/i.test(decodeURI(originalUrl.split('?')[0] ?? ''));
  } catch {
    // No address of ours is written so.
    return true;
  }
}

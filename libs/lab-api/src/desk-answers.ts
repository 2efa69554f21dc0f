import { labLogOf, learnerName, stepMarks, summaryOf, type At, type LabDesk, type LabLog } from '@loadstair/labs';
import type { AnswerOf, OperationName, Taken } from './client.ts';

/** Operations of the guided labs that a desk answers by itself; what runs, and the test, are answered elsewhere. */
export type DeskOperation = Exclude<
  Extract<OperationName, `${string} /api/labs${string}`>,
  'GET /api/labs/learners' | `${string} /api/labs/test` | `POST ${string}/run`
>;

/** What a desk answers to each. */
export type DeskAnswers = { readonly [Name in DeskOperation]: (taken: Taken<Name>) => AnswerOf<Name> };

/**
 * The guided labs behind the API, for a labd and for a page that has none.
 *
 * @param kept what else is known of a learner, for the log that a teacher gets
 */
export function deskAnswers(desk: LabDesk, kept: (learner: string) => Pick<LabLog, 'id' | 'games' | 'test'>): DeskAnswers {
  return {
    'GET /api/labs': ({ query }) => {
      const learner = learnerName(query.learner ?? '');
      return { learner, labs: desk.summary(learner) };
    },
    'GET /api/labs/log': ({ query }) => {
      const learner = learnerName(query.learner ?? '');
      const all = desk.labs.map((one) => desk.progress(learner, one.stage));
      return labLogOf({ learner, ...kept(learner) }, desk.labs, all, new Date().toISOString());
    },
    'GET /api/labs/{lab}': ({ path, query }) => {
      const asked = desk.lab(Number(path.lab));
      const { stage, slug, title, goal, background } = asked;
      const standing = desk.progress(learnerName(query.learner ?? ''), stage);
      const { takesS } = summaryOf(asked, standing);
      return { stage, slug, title, goal, background, takesS, steps: stepMarks(asked, standing) };
    },
    'GET /api/labs/{lab}/steps/{step}': ({ path, query }) =>
      desk.view(placeOf(path, { learner: query.learner ?? '', quick: query.quick === '1' })),
    'POST /api/labs/{lab}/steps/{step}/open': ({ path, body }) => desk.open(placeOf(path, body)),
    'POST /api/labs/{lab}/steps/{step}/lock': ({ path, body }) => {
      const { learner, quick, ...given } = body;
      return desk.lock(placeOf(path, { learner, quick }), given);
    },
    'POST /api/labs/{lab}/steps/{step}/check': ({ path, body: { key, answer, ...who } }) => desk.check(placeOf(path, who), key, answer),
    'POST /api/labs/{lab}/steps/{step}/hint': ({ path, body: { key, ...who } }) => desk.hint(placeOf(path, who), key),
    'POST /api/labs/{lab}/steps/{step}/reflect': ({ path, body: { text, ...who } }) => desk.reflect(placeOf(path, who), text),
    'POST /api/labs/{lab}/steps/{step}/skip': ({ path, body }) => desk.skip(placeOf(path, body)),
  };
}

/** Who is at which step. Throws BadLearner. */
export function placeOf(path: { readonly lab: string; readonly step: string }, { learner, quick }: Pick<At, 'learner' | 'quick'>): At {
  return { learner: learnerName(learner), stage: Number(path.lab), step: path.step, quick };
}

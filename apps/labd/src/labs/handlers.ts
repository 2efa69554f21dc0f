import { runStep, type Lab } from '@loadstair/lab';
import type { OperationName } from '@loadstair/lab-api';
import {
  createDesk,
  createGameStore,
  createProgressStore,
  createTestDesk,
  labLogOf,
  learnerName,
  stepMarks,
  summaryOf,
  type At,
} from '@loadstair/labs';
import { createStore } from '@loadstair/runs';
import { KNOWLEDGE_TEST, labs } from '@loadstair/stages';
import type { Handlers } from '../routes.ts';

type LabOperationName = Extract<OperationName, `${string} /api/labs${string}`>;

/** The guided labs over HTTP: the same desk that the terminal works at, on the same files. */
export function labHandlers(lab: Lab, labFolder: string): Handlers<LabOperationName> {
  const progress = createProgressStore(labFolder);
  const games = createGameStore(labFolder);
  const test = createTestDesk(labFolder, KNOWLEDGE_TEST);
  const desk = createDesk({ labs, progress, runs: createStore(labFolder) });
  return {
    'GET /api/labs': ({ query }) => {
      const learner = learnerIn(query);
      return { learner, labs: desk.summary(learner) };
    },
    'GET /api/labs/learners': () => ({ learners: progress.learners() }),
    'GET /api/labs/test': ({ query }) => test.view(learnerIn(query)),
    'POST /api/labs/test': ({ body: { learner, answers } }) => test.take(learnerName(learner), answers),
    'GET /api/labs/log': ({ query }) => {
      const learner = learnerIn(query);
      const all = labs.map((one) => desk.progress(learner, one.stage));
      return labLogOf(
        { learner, id: progress.idOf(learner), games: games.all(learner), test: test.marks(learner) },
        labs,
        all,
        new Date().toISOString(),
      );
    },
    'GET /api/labs/{lab}': ({ path, query }) => {
      const asked = desk.lab(Number(path.lab));
      const { stage, slug, title, goal, background } = asked;
      const standing = desk.progress(learnerIn(query), stage);
      const { takesS } = summaryOf(asked, standing);
      return { stage, slug, title, goal, background, takesS, steps: stepMarks(asked, standing) };
    },
    'GET /api/labs/{lab}/steps/{step}': ({ path, query }) =>
      desk.view(atOf(path, { learner: query.learner ?? '', quick: query.quick === '1' })),
    'POST /api/labs/{lab}/steps/{step}/open': ({ path, body }) => desk.open(atOf(path, body)),
    'POST /api/labs/{lab}/steps/{step}/lock': ({ path, body }) => {
      const { learner, quick, ...given } = body;
      return desk.lock(atOf(path, { learner, quick }), given);
    },
    'POST /api/labs/{lab}/steps/{step}/run': ({ path, body: { set, ...who } }) => ({ run: runStep(lab, desk, atOf(path, who), set).run }),
    'POST /api/labs/{lab}/steps/{step}/check': ({ path, body: { key, answer, ...who } }) => desk.check(atOf(path, who), key, answer),
    'POST /api/labs/{lab}/steps/{step}/hint': ({ path, body: { key, ...who } }) => desk.hint(atOf(path, who), key),
    'POST /api/labs/{lab}/steps/{step}/reflect': ({ path, body: { text, ...who } }) => desk.reflect(atOf(path, who), text),
    'POST /api/labs/{lab}/steps/{step}/skip': ({ path, body }) => desk.skip(atOf(path, body)),
  };
}

function learnerIn({ learner }: { readonly learner?: string | undefined }): string {
  return learnerName(learner ?? '');
}

function atOf(path: { readonly lab: string; readonly step: string }, { learner, quick }: Pick<At, 'learner' | 'quick'>): At {
  return { learner: learnerName(learner), stage: Number(path.lab), step: path.step, quick };
}

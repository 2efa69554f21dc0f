import { runStep, type Lab } from '@loadstair/lab';
import type { OperationName } from '@loadstair/lab-api';
import { deskAnswers, placeOf } from '@loadstair/lab-api/desk-answers';
import { createDesk, createGameStore, createProgressStore, createTestDesk, learnerName } from '@loadstair/labs';
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
    ...deskAnswers(desk, (learner) => ({ id: progress.idOf(learner), games: games.all(learner), test: test.marks(learner) })),
    'GET /api/labs/learners': () => ({ learners: progress.learners() }),
    'GET /api/labs/test': ({ query }) => test.view(learnerName(query.learner ?? '')),
    'POST /api/labs/test': ({ body: { learner, answers } }) => test.take(learnerName(learner), answers),
    'POST /api/labs/{lab}/steps/{step}/run': ({ path, body: { set, ...who } }) => ({
      run: runStep(lab, desk, placeOf(path, who), set).run,
    }),
  };
}

import type { Request, RequestHandler } from 'express';
import { createDesk, createProgressStore, labLogOf, learnerName, stepMarks, summaryOf, type At, type LabDesk } from '@loadstair/labs';
import { createStore } from '@loadstair/runs';
import { labs } from '@loadstair/stages';
import { type Lab, runStep } from '@loadstair/lab';
import { CHECK_BODY, HINT_BODY, LAB_BODY, type LAB_OPERATIONS, LOCK_BODY, REFLECT_BODY } from '@loadstair/lab-api';
import { body, parameter } from '../request.ts';

/** The guided labs over HTTP: the same desk that the terminal works at, on the same files. */
export function labHandlers(lab: Lab, labFolder: string): Record<keyof typeof LAB_OPERATIONS, RequestHandler> {
  const progress = createProgressStore(labFolder);
  const desk = createDesk({ labs, progress, runs: createStore(labFolder) });
  return {
    'GET /api/labs': (request, response) => {
      const learner = learnerIn(request);
      response.json({ learner, labs: desk.summary(learner) });
    },
    'GET /api/labs/learners': (_request, response) => void response.json({ learners: progress.learners() }),
    'GET /api/labs/log': (request, response) => {
      const learner = learnerIn(request);
      const all = labs.map((one) => desk.progress(learner, one.stage));
      response.json(labLogOf(learner, labs, all, new Date().toISOString()));
    },
    'GET /api/labs/{lab}': (request, response) => {
      const own = desk.lab(Number(parameter(request, 'lab')));
      const { stage, slug, title, goal, background } = own;
      const standing = desk.progress(learnerIn(request), stage);
      const { takesS } = summaryOf(own, standing);
      response.json({ stage, slug, title, goal, background, takesS, steps: stepMarks(own, standing) });
    },
    'GET /api/labs/{lab}/steps/{step}': (request, response) =>
      void response.json(desk.view(atOf(request, { learner: learnerIn(request), quick: request.query['quick'] === '1' }))),
    'POST /api/labs/{lab}/steps/{step}/open': withView((request) => desk.open(atOf(request, body(LAB_BODY, request)))),
    'POST /api/labs/{lab}/steps/{step}/lock': withView((request) => {
      const { learner, quick, ...given } = body(LOCK_BODY, request);
      return desk.lock(atOf(request, { learner, quick }), given);
    }),
    'POST /api/labs/{lab}/steps/{step}/run': (request, response) => {
      response.status(202).json({ run: runStep(lab, desk, atOf(request, body(LAB_BODY, request))).run });
    },
    'POST /api/labs/{lab}/steps/{step}/check': withView((request) => {
      const { key, answer, ...who } = body(CHECK_BODY, request);
      return desk.check(atOf(request, who), key, answer);
    }),
    'POST /api/labs/{lab}/steps/{step}/hint': withView((request) => {
      const { key, ...who } = body(HINT_BODY, request);
      return desk.hint(atOf(request, who), key);
    }),
    'POST /api/labs/{lab}/steps/{step}/reflect': withView((request) => {
      const { text, ...who } = body(REFLECT_BODY, request);
      return desk.reflect(atOf(request, who), text);
    }),
    'POST /api/labs/{lab}/steps/{step}/skip': withView((request) => desk.skip(atOf(request, body(LAB_BODY, request)))),
  };
}

function withView(work: (request: Request) => ReturnType<LabDesk['view']>): RequestHandler {
  return (request, response) => void response.json(work(request));
}

function learnerIn(request: Request): string {
  return learnerName(String(request.query['learner'] ?? ''));
}

function atOf(request: Request, { learner, quick }: Pick<At, 'learner' | 'quick'>): At {
  return { learner: learnerName(learner), stage: Number(parameter(request, 'lab')), step: parameter(request, 'step'), quick };
}

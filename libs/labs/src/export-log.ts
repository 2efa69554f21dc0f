import type { Answer } from './answer.ts';
import { answerWords } from './answer-words.ts';
import type { Lab, LabStep } from './lab.ts';
import type { LabLog, StepLog } from './lablog.ts';
import { holdsLock } from './lock.ts';
import { changesIn, momentOf, progressIn, triesOf, type LabProgress } from './progress.ts';
import type { Question } from './question.ts';
import { NOTHING } from './questions/options.ts';

/** @param progress of each lab, in the order of `labs` */
export function labLogOf(
  { learner, id, games, test }: Pick<LabLog, 'learner' | 'id' | 'games' | 'test'>,
  labs: readonly Lab[],
  progress: readonly LabProgress[],
  exportedAt: string,
): LabLog {
  return {
    schema: 2,
    kind: 'lablog',
    id,
    learner,
    exportedAt,
    games,
    test,
    labs: labs.flatMap((lab, index) => {
      const own = progress[index];
      if (own === undefined) return [];
      return [{ stage: lab.stage, slug: lab.slug, title: lab.title, steps: lab.steps.map((step) => stepLog(lab, step, own)) }];
    }),
  };
}

function stepLog(lab: Lab, step: LabStep, progress: LabProgress): StepLog {
  const own = progressIn(progress, step.id);
  const checks = Object.values(own.checks);
  const count = (kind: 'refused' | 'broke'): number => own.attempts.filter((attempt) => attempt.outcome.kind === kind).length;
  const { prediction } = own;
  return {
    step: step.id,
    title: step.title,
    state: own.ended?.how ?? (own.startedAt === null ? 'untouched' : momentOf(step, own) === 'done' ? 'passed' : 'open'),
    startedAt: own.startedAt,
    endedAt: own.ended?.at ?? null,
    tries: Math.max(changesIn(own).length, ...checks.map(triesOf)),
    hints: Math.max(0, ...checks.map((check) => check.hints)),
    refused: count('refused'),
    broke: count('broke'),
    prediction:
      prediction === null
        ? null
        : {
            holds: holdsLock({ learner: progress.learner, stage: lab.stage, step: step.id }, prediction),
            why: prediction.why,
            sure: prediction.sure,
            answers: step.predict.flatMap(({ key, question }) => {
              const answer = prediction.answers[key];
              if (answer === undefined) return [];
              return [
                {
                  about: question.about,
                  said: answerWords(question.form, answer),
                  tier: tierOf(question, answer),
                  outcome: own.graded[key]?.outcome ?? null,
                },
              ];
            }),
          },
    reflection: own.reflection?.text ?? null,
    runs: own.attempts.flatMap(({ run }) => (run === null ? [] : [run])),
  };
}

function tierOf({ draws }: Question, answer: Answer): string | null {
  return draws === 'tier' && answer.kind === 'choice' && answer.value !== NOTHING.value ? answer.value : null;
}

import type { ReactNode } from 'react';
import type { StepView } from '@loadstair/labs';
import { Link } from 'wouter';
import { labHref, useLabs } from './use-labs.ts';

/** How a step was left, and where it goes on. */
export function AfterStep({ view, ended }: { readonly view: StepView; readonly ended: NonNullable<StepView['ended']> }): ReactNode {
  const { stage, learner, steps } = view;
  const left = steps.filter((step) => step.ended === null && step.step !== view.step);
  const next = left.find((step) => !step.optional) ?? left[0];
  return (
    <p>
      <strong>{ended === 'passed' ? '✓ Passed.' : 'Skipped.'}</strong>{' '}
      {next === undefined ? (
        <AfterLast stage={stage} learner={learner} />
      ) : (
        <Link href={`/labs/${stage}/${next.step}`}>
          Continue with step {steps.indexOf(next) + 1}, {next.title}
          {next.optional ? ' (optional)' : ''}
        </Link>
      )}
    </p>
  );
}

/** What would be changed of this stage is the next one. */
function AfterLast({ stage, learner }: { readonly stage: number; readonly learner: string }): ReactNode {
  const labs = useLabs(learner);
  const next = 'answer' in labs ? labs.answer.labs.find((lab) => lab.stage > stage && lab.next !== null) : undefined;
  return next === undefined ? (
    <Link href="/labs">That was the last step. Back to the labs</Link>
  ) : (
    <Link href={labHref(next)}>
      That was the last step. Continue with lab {next.stage}, {next.title}
    </Link>
  );
}

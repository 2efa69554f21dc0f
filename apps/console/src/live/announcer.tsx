import type { ReactNode } from 'react';
import type { LiveState } from './live-state.ts';

/** What a screen reader is told: a step began, the SLO broke, something befell a host. Never the ticking numbers. */
export function Announcer({ run }: { readonly run: LiveState }): ReactNode {
  const last = run.steps.at(-1)?.event;
  const words = [
    run.step === null ? '' : `Step ${run.step.step} of ${run.step.of} began.`,
    last === undefined || last.holds ? '' : `Step ${last.step} was over the SLO.`,
    run.notes.at(-1)?.text ?? '',
  ];
  return (
    <p className="unseen" aria-live="polite">
      {words.filter(Boolean).join(' ')}
    </p>
  );
}

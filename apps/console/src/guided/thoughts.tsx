import type { ReactNode } from 'react';
import type { ClassColumn } from '@loadstair/labs';

/** Why learners predicted what was wrong, and what they thought in the end: what a teacher discusses with the class. */
export function Thoughts({ columns }: { readonly columns: readonly ClassColumn[] }): ReactNode {
  return columns.map(({ step, number, title, wrong, reflections }) => {
    const reasons = wrong.flatMap(({ said, why }) => why.map((one) => ({ said, ...one })));
    if (reasons.length === 0 && reflections.length === 0) return null;
    return (
      <details key={step}>
        <summary>
          Step {number}, {title}: {reasons.length} {reasons.length === 1 ? 'reason' : 'reasons'}, {reflections.length}{' '}
          {reflections.length === 1 ? 'reflection' : 'reflections'}
        </summary>
        <ul>
          {reasons.map(({ said, reason, sure }, index) => (
            <li key={index}>
              {said}, because “{reason}”{sure === null ? null : ` (${sure})`}
            </li>
          ))}
          {reflections.map(({ learner, text }) => (
            <li key={learner}>
              {learner} thinks: {text}
            </li>
          ))}
        </ul>
      </details>
    );
  });
}

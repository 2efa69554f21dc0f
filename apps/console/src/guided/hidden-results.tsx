import type { ReactNode } from 'react';
import { Link } from 'wouter';

/** In place of measured results that would answer what a learner has begun to find out; nothing where none are hidden. */
export function HiddenResults({ stages }: { readonly stages: readonly number[] }): ReactNode {
  return [...new Set(stages)]
    .toSorted((a, b) => a - b)
    .map((stage) => (
      <p className="muted" key={stage}>
        Results of stage {stage} are hidden until <Link href={`/labs/${stage}`}>lab {stage}</Link> is done.
      </p>
    ));
}

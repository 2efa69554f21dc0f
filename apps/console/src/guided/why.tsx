import type { ReactNode } from 'react';
import type { WhyView } from '@loadstair/labs';
import { Prose } from './prose.tsx';

/** What happened and why: open unless a prediction was right, else there to be opened. */
export function Why({ stage, why }: { readonly stage: number; readonly why: WhyView }): ReactNode {
  return why.first ? (
    <section className="why">
      <h2>Why</h2>
      <Prose stage={stage} blocks={why.blocks} />
    </section>
  ) : (
    <details className="why">
      <summary>
        <h2>Why</h2>
      </summary>
      <Prose stage={stage} blocks={why.blocks} />
    </details>
  );
}

import type { ReactNode } from 'react';
import { Prose } from '../guided/prose.tsx';
import { storedLearner } from '../guided/learner.ts';
import { useReading } from '../lab/use-reading.ts';

/** What the stage's guided lab says before its first question; nothing where there is no lab. */
export function StageGuide({ stage }: { readonly stage: number }): ReactNode {
  const { reading } = useReading('GET /api/labs/{lab}', [{ path: { lab: String(stage) }, query: { learner: storedLearner() } }]);
  if (!('answer' in reading)) return null;
  const { goal, background } = reading.answer;
  return (
    <details id="guide">
      <summary>Guide</summary>
      <Prose stage={stage} blocks={goal} />
      <Prose stage={stage} blocks={background} />
    </details>
  );
}

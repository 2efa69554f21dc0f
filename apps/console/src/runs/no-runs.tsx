import type { ReactNode } from 'react';
import { aboutWords, RUN_TAKES_S } from '@loadstair/load/durations';
import { useExamples } from '../stages/use-examples.ts';

/** Said where runs would be listed. */
export function NoRuns(): ReactNode {
  const first = useExamples()?.first;
  return (
    <p>
      No runs yet. Start one: <code>./lab run {first}</code> ({aboutWords(RUN_TAKES_S.full)}).
    </p>
  );
}

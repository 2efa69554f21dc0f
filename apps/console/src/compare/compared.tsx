import type { ReactNode } from 'react';
import type { Given } from '@loadstair/lab-api/client';
import { Link } from 'wouter';
import { HiddenResults } from '../guided/hidden-results.tsx';
import { useHides } from '../guided/use-stage-lab.ts';
import { useReading } from '../lab/use-reading.ts';
import { Failed, Loading } from '../shell/states.tsx';
import { Comparison } from './comparison.tsx';

/** A comparison that was asked for, or why there is none. */
export function Compared({ query }: { readonly query: Given<'GET /api/compare'>['query'] }): ReactNode {
  const { reading } = useReading('GET /api/compare', [{ query }]);
  const hides = useHides();
  if (reading.state === 'loading' || hides === null) return <Loading what="runs" />;
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  const { answer } = reading;
  switch (answer.kind) {
    case 'missing':
      return (
        <p>
          No usable run of stage {answer.stages.join(', ')} under {answer.profile}.
        </p>
      );
    case 'incomparable':
      return (
        <>
          <h1>These runs cannot be compared.</h1>
          <p>They differ in:</p>
          <ul>
            {answer.differences.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <p>
            Compare runs of one profile, SLO and machine: <Link href="/runs">Runs</Link>
          </p>
        </>
      );
    case 'compared': {
      const hidden = answer.record.arms.map(({ stage }) => stage).filter(hides);
      return hidden.length > 0 ? <HiddenResults stages={hidden} /> : <Comparison answer={answer} />;
    }
  }
}

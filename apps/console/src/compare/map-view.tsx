import type { ReactNode } from 'react';
import { benchmarkMap } from '@loadstair/report-view';
import { Link } from 'wouter';
import { HiddenResults } from '../guided/hidden-results.tsx';
import { useHides } from '../guided/use-stage-lab.ts';
import { useReading } from '../lab/use-reading.ts';
import { Shared } from '../report/shared.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { builtStages } from './what-to-compare.ts';

/** Profiles × stages: the picture of all that was measured on this machine. */
export function MapView(): ReactNode {
  const { reading } = useReading('GET /api/measured', []);
  const hides = useHides();
  if (reading.state === 'loading') return <Loading what="what was measured" />;
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  if (hides === null) return <Loading what="what was measured" />;
  const { profiles } = reading.answer;
  const rows = profiles
    .map(({ profile, cells }) => ({ profile, cells: cells.filter(({ stage }) => !hides(stage)) }))
    .filter(({ cells }) => cells.length > 0);
  const hidden = profiles.flatMap(({ cells }) => cells.map(({ stage }) => stage).filter(hides));
  return (
    <>
      <h1>Capacity and limit, by profile and stage</h1>
      <HiddenResults stages={hidden} />
      {rows.length + hidden.length === 0 ? (
        <p>
          Nothing was measured on this machine yet. <Link href="/compare">Measure stages</Link>
        </p>
      ) : null}
      {rows.length === 0 ? null : (
        <>
          <Shared
            part={benchmarkMap(
              { stages: builtStages(reading.answer), rows },
              (profile, stage) => `/compare?view=trend&stage=${stage}&profile=${encodeURIComponent(profile)}`,
            )}
          />
          <p className="muted">
            Each cell has the capacity in arrivals/s, its 95 % interval, and what limited most of its runs. A stronger blue is closer to the
            highest capacity of its row. Profiles request different work, so compare cells within a row only. Only full runs of unchanged
            stages on this machine count.
          </p>
        </>
      )}
    </>
  );
}

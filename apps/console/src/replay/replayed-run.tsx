import { useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { Manifest } from '@loadstair/runs';
import { ClosestTable } from '../live/closest-table.tsx';
import { LatencyChart, LoadChart } from '../live/live-charts.tsx';
import { closestWords, failureWords, stepWords } from '../live/live-words.ts';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import type { Clock } from './clock.ts';
import { storeAt } from './replay-store.ts';
import type { ReplayedRun as Replayed } from './use-replay.ts';

/** What the page of a run showed at the second where a clock stands. */
export function ReplayedRun({
  manifest,
  replay,
  clock,
  half = false,
}: {
  readonly manifest: Pick<Manifest, 'topology'>;
  readonly replay: Replayed;
  readonly clock: Clock;
  /** Whether another run stands beside it. */
  readonly half?: boolean;
}): ReactNode {
  const store = useMemo(() => storeAt(clock, replay.seconds), [clock, replay]);
  const { run } = useSyncExternalStore(store.subscribe, store.get);
  const failures = failureWords(run);
  return (
    <>
      <p className="said-now">
        <strong>{closestWords(run)}</strong>
        <br />
        {stepWords(run)}
        {failures === null ? null : ` · ${failures}`}
      </p>
      <div className={half ? 'stacked' : 'two'}>
        <TopologyPicture topology={manifest.topology} store={store} named={null} half={half} />
        <section>
          <LoadChart run={run} />
          <LatencyChart run={run} />
        </section>
      </div>
      <h3>Closest to their limit</h3>
      <ClosestTable run={run} />
    </>
  );
}

import type { ReactNode } from 'react';
import type { Manifest } from '@loadstair/runs';
import { Failed, Loading } from '../shell/states.tsx';
import { ReplayControls } from './replay-controls.tsx';
import { ReplayedRun } from './replayed-run.tsx';
import { useClock } from './use-clock.ts';
import { useReplay, type ReplayedRun as Replayed } from './use-replay.ts';

/** Plays one run. */
export function ReplayPlayer({ manifest }: { readonly manifest: Manifest }): ReactNode {
  const reading = useReplay(manifest.run);
  switch (reading.state) {
    case 'loading':
      return <Loading what="the events of the run" />;
    case 'failed':
      return <Failed failure={reading.failure} />;
    case 'none':
      return <p>Nothing was kept second by second of this run.</p>;
    case 'ready':
      return <Player manifest={manifest} replay={reading.replay} />;
  }
}

function Player({ manifest, replay }: { readonly manifest: Manifest; readonly replay: Replayed }): ReactNode {
  const { clock, keep } = useClock(replay.seconds.length - 1);
  return (
    <>
      <ReplayControls clock={clock} marks={replay.marks} onRest={keep} />
      <ReplayedRun manifest={manifest} replay={replay} clock={clock} />
    </>
  );
}

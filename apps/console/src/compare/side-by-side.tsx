import type { ReactNode } from 'react';
import type { Manifest } from '@loadstair/runs';
import { Link } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { ReplayControls } from '../replay/replay-controls.tsx';
import { ReplayedRun } from '../replay/replayed-run.tsx';
import { useClock } from '../replay/use-clock.ts';
import { useReplay, type ReplayedRun as Replayed } from '../replay/use-replay.ts';
import { Failed, Loading } from '../shell/states.tsx';
import { usersWords } from './same-users.ts';

interface Side {
  readonly manifest: Manifest;
  readonly replay: Replayed;
}

/** Two runs under one clock, which counts from the moment when the load of each began. */
export function SideBySide({ first, second }: { readonly first: string; readonly second: string }): ReactNode {
  const { reading: a } = useReading('GET /api/runs/{run}', [{ path: { run: first } }]);
  const { reading: b } = useReading('GET /api/runs/{run}', [{ path: { run: second } }]);
  const events = [useReplay(first), useReplay(second)] as const;
  const failed = [a, b, ...events].find((one) => one.state === 'failed');
  if (failed?.state === 'failed') return <Failed failure={failed.failure} />;
  if (!('answer' in a) || !('answer' in b) || events.some(({ state }) => state === 'loading')) return <Loading what="both runs" />;
  const [own, other] = events;
  if (own.state !== 'ready' || other.state !== 'ready') {
    const silent = [first, second].filter((_, index) => events[index]?.state === 'none');
    return <p>Nothing was kept second by second of run {silent.join(' and ')}.</p>;
  }
  return (
    <Pair first={{ manifest: a.answer.manifest, replay: own.replay }} second={{ manifest: b.answer.manifest, replay: other.replay }} />
  );
}

function Pair({ first, second }: { readonly first: Side; readonly second: Side }): ReactNode {
  const sides = [first, second];
  const { clock, keep } = useClock(Math.max(...sides.map(({ replay }) => replay.seconds.length)) - 1);
  const marks = sides
    .flatMap(({ manifest, replay }) => replay.marks.map(({ atS, text }) => ({ atS, text: `${manifest.run}: ${text}` })))
    .toSorted((one, next) => one.atS - next.atS);
  return (
    <section className="replay">
      <p>{usersWords(first.manifest, second.manifest)} Time counts from the moment when the load of each run began.</p>
      <ReplayControls clock={clock} marks={marks} onRest={keep} />
      <div className="side-by-side">
        {sides.map(({ manifest, replay }) => (
          <section key={manifest.run} aria-label={`Run ${manifest.run}`}>
            <h2>
              {manifest.stage} {manifest.slug} · <Link href={`/runs/${manifest.run}`}>run {manifest.run}</Link>
            </h2>
            <ReplayedRun manifest={manifest} replay={replay} clock={clock} half />
          </section>
        ))}
      </div>
    </section>
  );
}

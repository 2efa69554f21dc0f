import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Manifest } from '@loadstair/runs';
import { useSearchParams } from 'wouter';
import { Loading } from '../shell/states.tsx';

const ReplayPlayer = lazy(async () => ({ default: (await import('./replay-player.tsx')).ReplayPlayer }));

/** A run that has ended, second by second. Its events are read when it is opened; the second stands in the address as `t`. */
export function ReplaySection({ manifest }: { readonly manifest: Manifest }): ReactNode {
  const [query] = useSearchParams();
  const [open, setOpen] = useState(query.has('t'));
  return (
    <details id="replay" className="replay" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Replay second by second</summary>
      {open ? (
        <Suspense fallback={<Loading what="the run" />}>
          <ReplayPlayer manifest={manifest} />
        </Suspense>
      ) : null}
    </details>
  );
}

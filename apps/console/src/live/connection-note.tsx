import { useEffect, useState, type ReactNode } from 'react';
import type { Connection } from './live-store.ts';

/** How old the numbers are, while the stream is lost. */
export function ConnectionNote({ connection }: { readonly connection: Connection }): ReactNode {
  const lostMs = connection.kind === 'lost' ? connection.sinceMs : null;
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (lostMs === null) return;
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [lostMs]);
  return (
    <p className="connection">
      {/* The age is not spoken: it would be every second. */}
      {lostMs === null ? null : `Last update ${Math.max(0, Math.round((nowMs - lostMs) / 1000))} s ago. `}
      <span role="status">{lostMs === null ? '' : 'Reconnecting…'}</span>
    </p>
  );
}

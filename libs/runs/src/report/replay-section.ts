import { replayPart, type Html } from '@loadstair/report-view';
import type { RunData } from '@loadstair/analysis';
import { runOverTime } from '../comparison/over-time.ts';
import type { RunEvent } from '../events.ts';
import type { Manifest } from '../manifest.ts';
import { replayOf } from '../replay/replay.ts';

/** The run second by second; nothing where no events of load were kept. */
export function replaySection(manifest: Manifest, { profile }: RunData, events: readonly RunEvent[]): Html | null {
  const replay = replayOf(events);
  if (replay === null || manifest.topology.tiers.length === 0) return null;
  return replayPart(
    manifest.topology,
    replay.seconds,
    { label: `run ${manifest.run}`, points: runOverTime(events).points, marks: replay.marks },
    profile.slo,
  );
}

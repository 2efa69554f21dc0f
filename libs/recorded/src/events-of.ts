import { gate, verdictLines } from '@loadstair/analysis';
import type { OpenedRun, RunEvent, RunStore } from '@loadstair/runs';

/**
 * What happened in a recorded run, to its end. The verdict is that of `run`, which the code of today has judged, not the
 * one that was told then.
 *
 * @throws BadRun
 */
export function eventsOf(run: OpenedRun, store: Pick<RunStore, 'events' | 'report'>): readonly RunEvent[] {
  return store.events(run.id).map((event): RunEvent => {
    switch (event.type) {
      case 'verdict':
        return { ...event, ...judgedNow(run), report: store.report(run.id) };
      case 'outcome':
        return { ...event, folder: run.folder, report: store.report(run.id) };
      default:
        return event;
    }
  });
}

function judgedNow({
  runData,
  verdict,
  confirmation,
}: OpenedRun): Pick<Extract<RunEvent, { type: 'verdict' }>, 'verdict' | 'checks' | 'lines'> {
  const checks = gate(runData);
  return {
    verdict,
    checks: { passed: checks.filter(({ outcome }) => outcome !== 'refuse').length, of: checks.length },
    lines: verdictLines(verdict, runData, confirmation),
  };
}

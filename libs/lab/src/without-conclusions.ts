import type { RunEvent } from '@loadstair/runs';

/** What a reader of a sealed run is told: load, latency and failures, and nothing of which limit is near. Dashboards show that. */
export function withoutConclusions(event: RunEvent): RunEvent {
  switch (event.type) {
    case 'phase':
      // How much of the machine the hosts may use tells the size of the host that was made smaller.
      return event.phase === 'machine' ? { ...event, text: 'budgets on' } : event;
    case 'live':
      return { ...event, closest: [], use: [] };
    case 'step':
      return { ...event, closest: null, projected: [] };
    case 'verdict':
      return { type: 'phase', atMs: event.atMs, phase: 'verdict', state: 'done', text: 'sealed until the cause is named' };
    default:
      return event;
  }
}

import type { KeptSeries } from '@loadstair/runs';
import type { Topology } from '@loadstair/topology';

/** Panels of a run's dashboards that show nothing, by name. What builds dashboards is big: it is loaded here alone. */
export async function panelsWithoutData(series: KeptSeries['panels'], topology: Topology): Promise<readonly string[]> {
  const { missingPanels } = await import('./missing-panels.ts');
  return missingPanels(series, topology);
}

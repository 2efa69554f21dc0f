import { percent } from '@loadstair/resources';
import type { RegionLoad, StepData } from './run-data.ts';
import type { WithoutEdge } from './verdict.ts';

/** From this share on of a region's files that no edge sent in time, who reads the verdict has to know. */
const NOTEWORTHY = 0.1;

/** Regions that had to do without edges in some steps, taken together. */
export function withoutEdge(steps: readonly StepData[]): WithoutEdge[] {
  const regions = [...new Set(steps.flatMap(({ load }) => (load.byRegion ?? []).map(({ region }) => region)))];
  return regions.flatMap((region) => {
    const loads = steps.flatMap(({ load }) => (load.byRegion ?? []).filter((one) => one.region === region));
    const count = (of: (files: RegionLoad['files']) => number): number => loads.reduce((sum, { files }) => sum + of(files), 0);
    const fallback = count((files) => files.fallback);
    const wanted = fallback + count(({ hit, miss }) => hit + miss);
    if (wanted === 0 || fallback / wanted < NOTEWORTHY) return [];
    const edges = steps.flatMap((step) => (step.edges ?? []).filter((edge) => edge.region === region));
    const hosts = [...new Set(edges.map(({ host }) => host))];
    const sent = (host: string): number => edges.reduce((sum, edge) => sum + (edge.host === host ? edge.hits + edge.misses : 0), 0);
    return [{ region, files: wanted, share: fallback / wanted, silent: hosts.filter((host) => sent(host) === 0) }];
  });
}

/** `edge-2 answered nobody: 100 % of 5,340 files in the west came from the site` */
export function withoutEdgeText({ region, files, share, silent }: WithoutEdge): string {
  const who = silent.length === 0 ? 'the edges answered too late' : `${silent.join(', ')} did not answer`;
  return `${who}: ${percent(share)} of ${files.toLocaleString('en')} files in the ${region} came from the site`;
}

import type { EdgeUse } from '@loadstair/analysis';
import { edgeTier, type Placement } from '@loadstair/topology';
import { growth, type Span } from '@loadstair/resources';
import type { Samples, SoftSample } from './samples.ts';

/** What edges did in a window, and what the site itself sent meanwhile; nothing where there are no edges. */
export function edgesIn(
  placement: Placement,
  { soft }: Samples,
  { startMs, endMs }: Span,
): { readonly edges?: readonly EdgeUse[]; readonly originBytes?: number } {
  const tier = edgeTier(placement.topology);
  if (tier === null) return {};
  const grown = (host: string, value: (sample: SoftSample) => number | undefined): number => {
    const points = soft
      .filter((sample) => sample.host === host)
      .flatMap((sample) => {
        const now = value(sample);
        return now === undefined ? [] : [{ atMs: sample.atMs, value: now }];
      });
    return growth(points, startMs, endMs) ?? 0;
  };
  const edges = placement.hosts
    .filter((host) => host.tier === tier.name)
    .map((host) => ({
      host: host.name,
      region: host.place,
      hits: grown(host.name, ({ files }) => files?.hits),
      misses: grown(host.name, ({ files }) => files?.misses),
      bytesOut: grown(host.name, ({ files }) => files?.bytesOut),
    }));
  const originBytes = placement.hosts.reduce((sum, host) => sum + grown(host.name, ({ bytesOut }) => bytesOut), 0);
  return { edges, originBytes };
}

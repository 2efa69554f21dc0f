import { placeTopology, type PlacedHost, type Placement } from '@loadstair/topology';

/** Where a balancer and one web server behind it are placed; neither is started. */
export function balancedTier(
  instance: number,
  labFolder: string,
): { readonly placement: Placement; readonly balancer: PlacedHost; readonly web: PlacedHost } {
  const tier = { count: 1, cpu: 1, memoryMiB: 256, settings: {}, public: false, distanceMs: 0 };
  const placement = placeTopology(
    {
      stage: 3,
      slug: '',
      title: '',
      tiers: [
        { ...tier, name: 'lb', components: ['haproxy'], public: true },
        { ...tier, name: 'web', components: ['site'] },
      ],
      links: [{ from: 'lb', to: 'web', role: 'http' }],
    },
    { instance, labFolder },
  );
  const [balancer, web] = placement.hosts as readonly [PlacedHost, PlacedHost];
  return { placement, balancer, web };
}

import { until, type ProcessSpec } from '@loadstair/components';
import { PORTS, type PlacedHost, type Placement } from '@loadstair/topology';
import { servedPort } from './ports.ts';

const READY_MS = 10_000;

/** Distances need a proxy that takes orders from everybody who reaches it, so strangers must be kept from it. */
export class NoDistance extends Error {
  readonly what = 'There can be no distance between hosts here.';
  readonly why: string;
  readonly do = './lab doctor isolation';
  readonly code = 'E_NO_DISTANCE';
  readonly exit = 6;
  constructor(reason: string) {
    super(`Distances need a firewall rule that keeps other users away from the proxy: ${reason}.`);
    this.name = 'NoDistance';
    this.why = this.message;
  }
}

/** toxiproxy, which stands before hosts that are far from their clients. */
export function distanceProxySpec(toxiproxy: string, placement: Placement, cwd: string): ProcessSpec {
  return {
    command: toxiproxy,
    args: ['-host', placement.labAddress, '-port', String(PORTS.distance)],
    env: { LOG_LEVEL: 'error' },
    cwd,
  };
}

/** Puts a proxy with the tier's delay before a host. Each answer waits `distanceMs`, so a round trip costs that much more. */
export async function addDistance(placement: Placement, host: PlacedHost, signal: AbortSignal): Promise<void> {
  if (host.tierSpec.distanceMs === 0) return;
  const api = `http://${placement.labAddress}:${PORTS.distance}`;
  const send = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(`${api}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
      signal,
    });
    if (!response.ok) throw new Error(`toxiproxy refused ${path}: ${await response.text()}`);
  };
  await until(
    async () => ((await fetch(`${api}/version`, { signal })).ok ? null : 'not ready'),
    { host: 'lab', component: 'toxiproxy' },
    { timeoutMs: READY_MS, signal },
  );
  const port = servedPort(host);
  const name = `${host.name}-${port}`;
  await send('/proxies', {
    name,
    listen: `${host.reachedAt}:${port}`,
    upstream: `${host.publicAddress ?? host.address}:${port}`,
    enabled: true,
  });
  await send(`/proxies/${name}/toxics`, {
    name: 'distance',
    type: 'latency',
    stream: 'downstream',
    toxicity: 1,
    attributes: { latency: Math.round(host.tierSpec.distanceMs), jitter: 0 },
  });
}

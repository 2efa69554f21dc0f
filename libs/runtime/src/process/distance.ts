import { untilReady, type ProcessSpec } from '@loadstair/components';
import { servedPort } from '@loadstair/components/declarations';
import { Problem } from '@loadstair/kit';
import { longWays, PORTS, type Placement } from '@loadstair/topology';

const READY_MS = 10_000;

/** Distances need a proxy that takes orders from everybody who reaches it, so strangers must be kept from it. */
export class NoDistance extends Problem {
  constructor(reason: string) {
    super({
      what: 'There can be no distance between hosts here.',
      why: `Distances need a firewall rule that keeps other users away from the proxy: ${reason}.`,
      do: './lab doctor isolation',
      code: 'E_NO_DISTANCE',
      exit: 6,
    });
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

/** A proxy that stands for the way from a place to a host. */
export interface DistanceProxy {
  readonly name: string;
  /** Address and port. */
  readonly listen: string;
  readonly upstream: string;
  /** Each answer waits so long, so a round trip costs that much more. */
  readonly latencyMs: number;
}

/** One for every way between a place and a host that is not short. */
export function proxiesOf(placement: Placement): DistanceProxy[] {
  return longWays(placement).map(({ from, host, ms }) => {
    const port = servedPort(host.tierSpec.components);
    return {
      name: `${from}-${host.name}-${port}`,
      listen: `${placement.addresses.way(from, host.number)}:${port}`,
      upstream: `${host.publicAddress ?? host.address}:${port}`,
      latencyMs: Math.round(ms),
    };
  });
}

/** Gives a running toxiproxy the proxies it lacks, and takes from it those of hosts that went. */
export class Distances {
  readonly #api: string;
  readonly #kept = new Map<string, DistanceProxy>();

  constructor(labAddress: string) {
    this.#api = `http://${labAddress}:${PORTS.distance}`;
  }

  async follow(placement: Placement, signal: AbortSignal): Promise<void> {
    await untilReady(
      async () => ((await fetch(`${this.#api}/version`, { signal })).ok ? null : 'not ready'),
      { host: 'lab', component: 'toxiproxy' },
      { timeoutMs: READY_MS, signal },
    );
    const wanted = new Map(proxiesOf(placement).map((proxy) => [proxy.name, proxy]));
    for (const [name, proxy] of this.#kept) {
      if (JSON.stringify(wanted.get(name)) === JSON.stringify(proxy)) continue;
      await this.#send('DELETE', `/proxies/${name}`, undefined, signal);
      this.#kept.delete(name);
    }
    for (const proxy of wanted.values()) if (!this.#kept.has(proxy.name)) await this.#add(proxy, signal);
  }

  async #add(proxy: DistanceProxy, signal: AbortSignal): Promise<void> {
    const { name, listen, upstream, latencyMs } = proxy;
    // Named first, so that a half-made one is taken away when this is tried again.
    this.#kept.set(name, { ...proxy, latencyMs: NaN });
    await this.#send('POST', '/proxies', { name, listen, upstream, enabled: true }, signal);
    const toxic = { name: 'distance', type: 'latency', stream: 'downstream', toxicity: 1, attributes: { latency: latencyMs, jitter: 0 } };
    await this.#send('POST', `/proxies/${name}/toxics`, toxic, signal);
    this.#kept.set(name, proxy);
  }

  async #send(method: 'POST' | 'DELETE', path: string, body: unknown, signal: AbortSignal): Promise<void> {
    const response = await fetch(`${this.#api}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      signal,
    });
    // What is not there need not be taken away.
    if (!response.ok && !(method === 'DELETE' && response.status === 404))
      throw new Error(`toxiproxy refused ${method} ${path}: ${await response.text()}`);
  }
}

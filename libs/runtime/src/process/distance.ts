import { untilReady, type ProcessSpec } from '@loadstair/components';
import { servedPort, slowWays } from '@loadstair/components/declarations';
import { Problem } from '@loadstair/kit';
import { longWays, PORTS, type Placement } from '@loadstair/topology';

const READY_MS = 10_000;

/** Distances and slow ways need a proxy that takes orders from everybody who reaches it, so strangers must be kept from it. */
export class NoDistance extends Problem {
  constructor(reason: string) {
    super({
      what: 'Distances and slow links between hosts cannot be emulated on this machine.',
      why: `They need a firewall rule that keeps other users away from the proxy: ${reason}.`,
      do: './lab doctor isolation',
      code: 'E_NO_DISTANCE',
      exit: 6,
    });
  }
}

/** toxiproxy, which stands before hosts that are far from their clients, or answer over a slow way. */
export function distanceProxySpec(toxiproxy: string, placement: Placement, cwd: string): ProcessSpec {
  return {
    command: toxiproxy,
    args: ['-host', placement.labAddress, '-port', String(PORTS.distance)],
    env: { LOG_LEVEL: 'error' },
    cwd,
  };
}

/** A proxy that stands for a way between hosts. */
export interface WayProxy {
  readonly name: string;
  /** Address and port. */
  readonly listen: string;
  readonly upstream: string;
  /** What happens on the way to an answer. */
  readonly toxics: readonly Toxic[];
}

type Toxic =
  /** Each answer waits so long, so a round trip costs that much more. */
  | { readonly type: 'latency'; readonly attributes: { readonly latency: number; readonly jitter: 0 } }
  /** kB (1,000 bytes) a second of each connection. */
  | { readonly type: 'bandwidth'; readonly attributes: { readonly rate: number } };

/** KiB/s that nothing here sends: 0 stops a proxy. */
const NO_LIMIT_KIB = 2 ** 20;

function latency(ms: number): Toxic {
  return { type: 'latency', attributes: { latency: Math.round(ms), jitter: 0 } };
}

function bandwidth(kibPerS: number): Toxic {
  return { type: 'bandwidth', attributes: { rate: Math.max(1, Math.round((kibPerS * 1024) / 1000)) } };
}

/** One for every way between a place and a host that is not short, and for every way of a log that is slow. */
export function proxiesOf(placement: Placement): WayProxy[] {
  const long = longWays(placement).map(({ from, host, ms }): WayProxy => {
    const port = servedPort(host.tierSpec.components);
    return {
      name: `${from}-${host.name}-${port}`,
      listen: `${placement.addresses.way(from, host.number)}:${port}`,
      upstream: `${host.publicAddress ?? host.address}:${port}`,
      toxics: [latency(ms)],
    };
  });
  const slow = slowWays(placement).map(({ follower, primary, kibPerS, transitMs, address, port, upstream }): WayProxy => ({
    name: `${follower.name}-${primary.name}-${port}`,
    listen: `${address}:${port}`,
    upstream: `${upstream.address}:${upstream.port}`,
    toxics: [latency(transitMs), bandwidth(kibPerS ?? NO_LIMIT_KIB)],
  }));
  return [...long, ...slow];
}

/** Whether what differs between two proxies is at most how long or narrow their way is. */
function sameWay(one: WayProxy, other: WayProxy): boolean {
  return one.listen === other.listen && one.upstream === other.upstream && typesOf(one) === typesOf(other);
}

function typesOf({ toxics }: WayProxy): string {
  return toxics.map(({ type }) => type).join(' ');
}

/** Gives a running toxiproxy the proxies it lacks, changes those whose way is another now, and takes from it those of hosts that went. */
export class Distances {
  readonly #api: string;
  readonly #kept = new Map<string, WayProxy | null>();

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
      const now = wanted.get(name);
      if (proxy !== null && now !== undefined && sameWay(proxy, now)) {
        await this.#change(proxy, now, signal);
        continue;
      }
      await this.#send('DELETE', `/proxies/${name}`, undefined, signal);
      this.#kept.delete(name);
    }
    for (const proxy of wanted.values()) if (!this.#kept.has(proxy.name)) await this.#add(proxy, signal);
  }

  /** Connections stay: a replica that connects anew is first sent up to 16 MB again that it has. */
  async #change(before: WayProxy, now: WayProxy, signal: AbortSignal): Promise<void> {
    if (JSON.stringify(before) === JSON.stringify(now)) return;
    for (const { type, attributes } of now.toxics) await this.#send('POST', `/proxies/${now.name}/toxics/${type}`, { attributes }, signal);
    this.#kept.set(now.name, now);
  }

  async #add(proxy: WayProxy, signal: AbortSignal): Promise<void> {
    const { name, listen, upstream, toxics } = proxy;
    // Named first, so that a half-made one is taken away when this is tried again.
    this.#kept.set(name, null);
    await this.#send('POST', '/proxies', { name, listen, upstream, enabled: true }, signal);
    for (const toxic of toxics)
      await this.#send('POST', `/proxies/${name}/toxics`, { name: toxic.type, stream: 'downstream', toxicity: 1, ...toxic }, signal);
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

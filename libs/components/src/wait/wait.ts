import { setTimeout as delay } from 'node:timers/promises';

/** A component that did not become ready. */
export class HostNotReady extends Error {
  readonly host: string;
  readonly component: string;
  readonly waitedMs: number;
  readonly lastProbe: string;
  readonly what: string;
  readonly why: string;
  readonly do: string;
  readonly code = 'E_NOT_READY';
  readonly exit = 1;

  constructor(host: string, component: string, waitedMs: number, lastProbe: string) {
    super(`${component} on ${host} was not ready after ${(waitedMs / 1000).toFixed(1)} s: ${lastProbe}`);
    this.name = 'HostNotReady';
    this.host = host;
    this.component = component;
    this.waitedMs = waitedMs;
    this.lastProbe = lastProbe;
    this.what = `${component} on ${host} did not become ready.`;
    this.why = `after ${(waitedMs / 1000).toFixed(1)} s the last probe said: ${lastProbe}`;
    this.do = `see .lab/instances/<instance>/hosts/${host}/host.log`;
  }
}

/** Tries once: null when it serves, else what it said. */
export type Probe = (signal: AbortSignal) => Promise<string | null>;

const EVERY_MS = 50;

/** Probes until it serves; the one loop behind every wait strategy. Rejects with HostNotReady, or when the signal aborts. */
export async function until(
  probe: Probe,
  who: { readonly host: string; readonly component: string },
  options: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const begun = performance.now();
  for (;;) {
    options.signal.throwIfAborted();
    const said = await probe(options.signal).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (said === null) return;
    const waited = performance.now() - begun;
    if (waited > options.timeoutMs) throw new HostNotReady(who.host, who.component, waited, said);
    // The reason of an abort says more than "aborted": a component that died says how.
    await delay(EVERY_MS, undefined, { signal: options.signal }).catch(() => options.signal.throwIfAborted());
  }
}

/** A probe that wants a 2xx answer. */
export function httpOk(url: string): Probe {
  return async (signal) => {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(2000)]) });
    await response.arrayBuffer();
    return response.ok ? null : `${url} answered ${response.status}`;
  };
}

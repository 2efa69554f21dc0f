import { Problem } from '@loadstair/kit';
import { NotInTime, until } from '@loadstair/kit/node';

/** A component that did not become ready. */
export class HostNotReady extends Problem {
  readonly host: string;
  readonly component: string;
  readonly waitedMs: number;
  readonly lastProbe: string;

  constructor(host: string, component: string, waitedMs: number, lastProbe: string) {
    super({
      what: `${component} on ${host} did not become ready.`,
      why: `after ${(waitedMs / 1000).toFixed(1)} s the last readiness probe reported: ${lastProbe}`,
      do: `see .lab/instances/<instance>/hosts/${host}/host.log`,
      code: 'E_NOT_READY',
      exit: 1,
    });
    this.host = host;
    this.component = component;
    this.waitedMs = waitedMs;
    this.lastProbe = lastProbe;
  }
}

/** Tries once: null when it serves, else what it said. */
export type Probe = (signal: AbortSignal) => Promise<string | null>;

/** Probes until it serves. Rejects with HostNotReady, or when the signal aborts. */
export async function untilReady(
  probe: Probe,
  who: { readonly host: string; readonly component: string },
  options: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const ask = async (signal: AbortSignal): Promise<true> => {
    const refusal = await probe(signal);
    if (refusal !== null) throw new Error(refusal);
    return true;
  };
  try {
    await until(ask, { what: `${who.component} on ${who.host}`, ...options });
  } catch (error) {
    if (!(error instanceof NotInTime)) throw error;
    throw new HostNotReady(who.host, who.component, error.waitedMs, error.last);
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

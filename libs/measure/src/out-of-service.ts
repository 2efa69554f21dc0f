import type { ServerOut } from '@loadstair/analysis';
import type { Span } from '@loadstair/resources';
import type { Samples } from './samples.ts';

interface Reading {
  readonly atMs: number;
  readonly inService: boolean;
  readonly takenOut: number;
  readonly check: NonNullable<ServerOut['check']>;
}

/** Servers that balancers had out of service in a window; nothing where none was. Each reading speaks for the time around it. */
export function outOfServiceIn({ soft }: Samples, window: Span): { readonly outOfService?: readonly ServerOut[] } {
  const readings = new Map<string, { readonly server: string; readonly by: string; readonly of: Reading[] }>();
  for (const { host, atMs, servers = {} } of soft) {
    for (const [server, state] of Object.entries(servers)) {
      const key = `${host} ${server}`;
      const known = readings.get(key) ?? { server, by: host, of: [] };
      known.of.push({ atMs, ...state });
      readings.set(key, known);
    }
  }
  const found = [...readings.values()].flatMap(({ server, by, of }) => {
    const out = outIn(of, window);
    return out === null ? [] : [{ server, by, ...out }];
  });
  return found.length === 0 ? {} : { outOfService: found };
}

function outIn(readings: readonly Reading[], { startMs, endMs }: Span): Pick<ServerOut, 'times' | 'check' | 'spans'> | null {
  let times = 0;
  let check: ServerOut['check'] = null;
  const spans: [number, number][] = [];
  for (const [index, reading] of readings.entries()) {
    const before = readings[index - 1];
    const after = readings[index + 1];
    // Its first reading says nothing of what was before: a server that joins is out until its first check.
    if (before !== undefined && reading.atMs >= startMs && reading.atMs <= endMs) times += Math.max(0, reading.takenOut - before.takenOut);
    if (reading.inService) continue;
    const fromMs = Math.max(startMs, before === undefined ? reading.atMs : (before.atMs + reading.atMs) / 2);
    const toMs = Math.min(endMs, after === undefined ? reading.atMs : (reading.atMs + after.atMs) / 2);
    if (toMs <= fromMs) continue;
    check = reading.check;
    const last = spans.at(-1);
    if (last !== undefined && last[1] >= fromMs) last[1] = toMs;
    else spans.push([fromMs, toMs]);
  }
  return times === 0 && spans.length === 0 ? null : { times, check, spans };
}

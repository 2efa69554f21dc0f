import type { CheckOutcome, ServerState } from '@loadstair/components';
import type { SoftSample } from '@loadstair/measure';
import type { HostEvent } from '@loadstair/runtime';
import type { PlacedHost } from '@loadstair/topology';

const OUTCOMES: Readonly<Record<CheckOutcome, string>> = {
  answered: 'answered',
  'no-answer': 'timed out',
  refused: 'refused',
  failed: 'answered with an error',
};

/**
 * Compares how servers stand with their balancers from reading to reading.
 *
 * @returns of each reading, what changed: a server went out of service, or came back. One that is seen for the first time has not changed.
 */
export function watchServers(): (soft: readonly SoftSample[], hosts: readonly PlacedHost[]) => HostEvent[] {
  const known = new Map<string, ServerState>();
  return (soft, hosts) =>
    soft.flatMap(({ host: by, atMs, servers = {} }) =>
      Object.entries(servers).flatMap(([server, state]): HostEvent[] => {
        const before = known.get(`${by} ${server}`);
        known.set(`${by} ${server}`, state);
        if (before === undefined || before.inService === state.inService) return [];
        const placed = hosts.find(({ name }) => name === server);
        return [
          {
            atMs,
            host: server,
            stands: placed === undefined ? null : { tier: placed.tier, place: placed.place },
            kind: state.inService ? 'in-service' : 'out-of-service',
            detail: state.inService ? `again at ${by}` : `at ${by}: health check ${OUTCOMES[state.check]}`,
          },
        ];
      }),
    );
}

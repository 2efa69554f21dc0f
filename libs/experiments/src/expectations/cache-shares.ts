import { percent } from '@loadstair/analysis';
import { z } from 'zod';
import { allHold, atLeast, atMost } from '../bound.ts';
import { cacheTable } from '../cache-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { onePhase, PHASE, RATIO } from '../fields.ts';
import { count, LEAST_SERVED, steadyOf } from '../reading.ts';

/** So many cache servers share the lookups, and each gets at least so large a part of its even share: keys go by their hash, not in turn. */
export const cacheShares = defineExpectation({
  kind: 'cache-shares',
  input: z.strictObject({ phase: PHASE, servers: z.int().min(1), leastOfEven: RATIO }),
  phases: onePhase,
  sentence: ({ phase, servers, leastOfEven }) => ({
    about: `${servers === 1 ? 'one cache server takes' : `${servers} cache servers share`} the lookups: ${phase}`,
    expected: servers === 1 ? 'all of them' : `each at least ${percent(leastOfEven)} of its even share`,
  }),
  observe(observed, { phase }) {
    const servers = (steadyOf(observed, phase)?.use ?? []).flatMap((use) =>
      use.kind === 'hit-ratio' && (use.lookups ?? 0) > 0
        ? [{ host: use.resource.split('/')[0] as string, lookups: use.lookups as number, hitRatio: 1 - use.busy }]
        : [],
    );
    const lookups = servers.reduce((sum, server) => sum + server.lookups, 0);
    if (servers.length === 0 || lookups / servers.length < LEAST_SERVED) return unseen('too few lookups');
    return { servers, lookups, leastShare: Math.min(...servers.map((server) => server.lookups)) / lookups };
  },
  judge: ({ servers, lookups, leastShare }, { servers: wanted, leastOfEven }) => ({
    measured: `${servers.length} server${servers.length === 1 ? '' : 's'}; the one with the fewest lookups has ${percent(leastShare)} of ${count(Math.round(lookups))}`,
    ...allHold(atLeast(servers.length, wanted), atMost(servers.length, wanted), atLeast(leastShare * wanted, leastOfEven)),
    details: servers.map(
      (server) => `${server.host}  ${percent(server.lookups / lookups)} of the lookups, ${percent(server.hitRatio)} hits`,
    ),
    values: { servers: servers.length, lookups, leastShare, leastOfEven: leastShare * servers.length },
  }),
  table: cacheTable,
});

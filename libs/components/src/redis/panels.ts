import { METRICS, rate, select, sum, type Matchers } from '@loadstair/telemetry';
import type { ComponentPanels } from '../panel.ts';

export const redisPanels: ComponentPanels = {
  requests: ({ tier }) => ({
    rate: {
      description: `Lookups of web servers at each host of ${tier}, hits and misses.`,
      unit: 'reqps',
      queries: [{ expr: sum(rate(METRICS.cacheLookups, { tier }), ['host']), legend: '{{host}}', colour: 'shades' }],
    },
    errors: {
      title: `${tier} entries removed`,
      description: `Entries of ${tier} that were evicted for lack of memory, and entries whose TTL ended. The next lookup of such an entry reads the database.`,
      unit: 'short',
      queries: [
        { expr: sum(rate(METRICS.cacheEvicted, { tier })), legend: 'evicted' },
        { expr: sum(rate(METRICS.cacheExpired, { tier })), legend: 'expired' },
      ],
    },
    duration: {
      title: `${tier} memory for entries`,
      description: `Memory that each host of ${tier} uses, as a share of the memory at which it starts to evict entries.`,
      unit: 'percentunit',
      queries: [
        { expr: `${select(METRICS.cacheUsed, { tier })} / ${select(METRICS.cacheMost, { tier })}`, legend: '{{host}}', colour: 'shades' },
      ],
    },
  }),
  limits: {
    'hit-ratio': ({ tier }) => ({
      title: `${tier} hit ratio`,
      description: `Share of lookups at ${tier} that were hits, and share that missed an entry that ${tier} used to have: evicted, expired, or lost with a host. The database must read these entries again.`,
      unit: 'percentunit',
      queries: [
        { expr: `${lookups({ tier, outcome: 'hit' })} / ${lookups({ tier })}`, legend: 'hits', every: 1 },
        { expr: `${lookups({ tier, outcome: 'again' })} / ${lookups({ tier })}`, legend: 'repeat misses', every: 1, colour: 'second' },
      ],
    }),
  },
};

function lookups(matchers: Matchers): string {
  return sum(rate(METRICS.cacheLookups, matchers));
}

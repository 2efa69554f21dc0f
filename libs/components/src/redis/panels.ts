import { METRICS, rate, select, sum, type Matchers } from '@loadstair/telemetry';
import type { ComponentPanels } from '../panel.ts';

export const redisPanels: ComponentPanels = {
  requests: ({ tier }) => ({
    rate: {
      description: `Entries that web servers asked each host of ${tier} for, had or not.`,
      unit: 'reqps',
      queries: [{ expr: sum(rate(METRICS.cacheLookups, { tier }), ['host']), legend: '{{host}}', colour: 'shades' }],
    },
    errors: {
      title: `${tier} entries lost`,
      description: `Entries of ${tier} that went for want of memory, and those that went at the end of their life. What is asked for again afterwards is read from the database.`,
      unit: 'short',
      queries: [
        { expr: sum(rate(METRICS.cacheEvicted, { tier })), legend: 'evicted' },
        { expr: sum(rate(METRICS.cacheExpired, { tier })), legend: 'expired' },
      ],
    },
    duration: {
      title: `${tier} memory of entries`,
      description: `Memory each host of ${tier} uses, of what it may use before it evicts.`,
      unit: 'percentunit',
      queries: [
        { expr: `${select(METRICS.cacheUsed, { tier })} / ${select(METRICS.cacheMost, { tier })}`, legend: '{{host}}', colour: 'shades' },
      ],
    },
  }),
  limits: {
    'hit-ratio': ({ tier }) => ({
      title: `${tier} hit ratio`,
      description: `Share of what web servers asked ${tier} for that it had, and the share that it had had before and lost: for want of memory, at the end of its life, or with a host. The latter is what the database reads again.`,
      unit: 'percentunit',
      queries: [
        { expr: `${lookups({ tier, outcome: 'hit' })} / ${lookups({ tier })}`, legend: 'hits', every: 1 },
        { expr: `${lookups({ tier, outcome: 'again' })} / ${lookups({ tier })}`, legend: 'missed again', every: 1, colour: 'second' },
      ],
    }),
  },
};

function lookups(matchers: Matchers): string {
  return sum(rate(METRICS.cacheLookups, matchers));
}

import { max, METRICS, rate, select, sum } from '@loadstair/telemetry';
import type { ComponentPanels, PanelDeclaration } from '../panel.ts';

function work(tier: string): PanelDeclaration {
  return {
    description: `Reads and writes that web servers sent to each host of ${tier}, as the web servers count them; each uses one connection. Only a primary gets writes. PostgreSQL’s own counters are not read, because reading them costs CPU.`,
    unit: 'reqps',
    queries: [{ expr: sum(rate(METRICS.databaseWork, { tier }), ['host', 'kind']), legend: '{{host}} {{kind}}s', colour: 'shades' }],
  };
}

export const postgresPanels: ComponentPanels = {
  requests: ({ tier }) => ({
    rate: work(tier),
    errors: {
      title: `${tier} waiting for a connection`,
      description: 'Requests in the web servers that wait for a connection to any database host.',
      unit: 'short',
      queries: [{ expr: sum(select(METRICS.poolPending), ['host']), legend: 'on {{host}}', colour: 'shades' }],
    },
    duration: {
      description:
        'Mean time for which web servers held a connection to any database host, and for which they waited for one. If the time held grows, the database is slower. If only the wait grows, the pool is too small.',
      unit: 's',
      queries: [
        { expr: `${sum(rate(METRICS.poolHold))} / ${sum(rate(METRICS.poolAcquisitions))}`, legend: 'held, mean' },
        { expr: `${sum(rate(METRICS.poolWait))} / ${sum(rate(METRICS.poolAcquisitions))}`, legend: 'waited, mean' },
      ],
    },
  }),
  limits: {
    lock: ({ tier }) => ({
      title: `${tier} locks`,
      description: `Active database sessions, and sessions that wait for a lock. If waiting grows while CPU use falls, many sessions need the same row.`,
      unit: 'short',
      queries: [
        { expr: sum(select(METRICS.inUse, { tier, resource: 'lock' })), legend: 'active', every: 1 },
        { expr: sum(select(METRICS.waiting, { tier, resource: 'lock' })), legend: 'waiting', every: 1 },
      ],
    }),
    connections: ({ tier }) => ({
      title: `${tier} connections`,
      description: `Connections that are open to the host of ${tier} with the most, and how many one host accepts. Pools keep connections open, so many alone are no limit. A full host refuses the next one.`,
      unit: 'short',
      queries: [
        { expr: max(select(METRICS.inUse, { tier, resource: 'connections' })), legend: 'open', every: 1 },
        { expr: max(select(METRICS.limit, { tier, resource: 'connections' })), legend: 'limit', every: 1, colour: 'limit' },
      ],
    }),
    replay: ({ tier }) => ({
      title: `${tier} replica lag`,
      description: `Bytes that the primary has written and a host of ${tier} has not replayed. A constant level is a delay. A rising line means that the host cannot replay as fast as the primary writes.`,
      unit: 'bytes',
      queries: [{ expr: select(METRICS.behindBytes, { tier }), legend: '{{host}}', every: 1, colour: 'shades' }],
    }),
  },
};

import { METRICS, rate, select, sum } from '@loadstair/telemetry';
import type { ComponentPanels, PanelDeclaration } from '../panel.ts';

function work(tier: string): PanelDeclaration {
  return {
    description: `Reads and writes that web servers gave each host of ${tier}, by their own count; each holds one connection. Writes go to a primary only. PostgreSQL itself is not asked: asking costs it CPU.`,
    unit: 'reqps',
    queries: [{ expr: sum(rate(METRICS.databaseWork, { tier }), ['host', 'kind']), legend: '{{host}} {{kind}}s', colour: 'shades' }],
  };
}

export const postgresPanels: ComponentPanels = {
  requests: ({ tier }) => ({
    rate: work(tier),
    errors: {
      title: `${tier} waiting for a connection`,
      description: 'Requests on clients that wait for a database connection, whichever server it leads to.',
      unit: 'short',
      queries: [{ expr: sum(select(METRICS.poolPending), ['host']), legend: 'on {{host}}', colour: 'shades' }],
    },
    duration: {
      description:
        'Mean time clients held a connection to any database server, and waited for one. Held longer: the database is slower. Only waiting longer: the pool is short.',
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
      description: `Database sessions that do something, and those that wait for a lock of another. Waiting that grows while CPU falls means one row is fought over.`,
      unit: 'short',
      queries: [
        { expr: sum(select(METRICS.inUse, { tier, resource: 'lock' })), legend: 'active', every: 1 },
        { expr: sum(select(METRICS.waiting, { tier, resource: 'lock' })), legend: 'waiting', every: 1 },
      ],
    }),
    replay: ({ tier }) => ({
      title: `${tier} behind the primary`,
      description: `Bytes the primary has written that each host of ${tier} has not replayed. A level is a delay; a slope means that the host cannot replay as fast as the primary writes.`,
      unit: 'bytes',
      queries: [{ expr: select(METRICS.behindBytes, { tier }), legend: '{{host}}', every: 1, colour: 'shades' }],
    }),
  },
};

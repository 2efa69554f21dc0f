import { METRICS, orNone, quantile, rate, select, sum } from '@loadstair/telemetry';
import { heldPanel } from '../held-panel.ts';
import { eventLoopUse } from '../node-program/panels.ts';
import type { ComponentPanels } from '../panel.ts';

export const sitePanels: ComponentPanels = {
  requests({ tier }) {
    const all = sum(rate(METRICS.httpDuration, { tier }, '_count'));
    const failed = sum(rate(METRICS.httpDuration, { tier, http_response_status_code: '=~5..' }, '_count'));
    return {
      rate: {
        description: `HTTP requests answered by the servers of ${tier}.`,
        unit: 'reqps',
        queries: [{ expr: sum(rate(METRICS.httpDuration, { tier }, '_count'), ['host']), legend: '{{host}}', colour: 'shades' }],
      },
      errors: {
        description: `Share of requests to ${tier} answered with status 5xx. Status 4xx is the client’s fault and is not counted.`,
        unit: 'percentunit',
        queries: [{ expr: `${orNone(failed, all)} / ${all}` }],
      },
      duration: {
        description: `Time that the servers of ${tier} took to answer, all hosts together. The wait in front of them does not count. Each point is a traced request and links to its trace.`,
        unit: 's',
        queries: [
          { expr: quantile(0.95, METRICS.httpDuration, { matchers: { tier }, classic: true }), legend: 'p95', exemplars: true },
          { expr: quantile(0.5, METRICS.httpDuration, { matchers: { tier }, classic: true }), legend: 'p50' },
        ],
      },
    };
  },
  limits: {
    pool: heldPanel('pool', 'Database connections'),
    'event-loop': ({ tier }) => ({
      title: `${tier} event loop`,
      description: `Share of time in which the event loop of each site process in ${tier} was busy. Throttled time counts as busy, so compare it with CPU.`,
      unit: 'percentunit',
      limitLine: true,
      queries: [{ expr: eventLoopUse({ tier }), legend: '{{host}}', colour: 'shades' }],
    }),
    backlog: ({ tier }) => ({
      title: `${tier} backlog`,
      description: `Jobs that each host of ${tier} has accepted and not finished. A constant level is work in progress. A rising line means that jobs are accepted faster than they are finished.`,
      unit: 'short',
      queries: [{ expr: select(METRICS.waiting, { tier, resource: 'backlog' }), legend: '{{host}}', every: 1, colour: 'shades' }],
    }),
  },
};

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
        description: `HTTP requests the servers of ${tier} answered.`,
        unit: 'reqps',
        queries: [{ expr: sum(rate(METRICS.httpDuration, { tier }, '_count'), ['host']), legend: '{{host}}', colour: 'shades' }],
      },
      errors: {
        description: `Share of the requests to ${tier} that were answered 5xx. 4xx is the client’s doing and not counted.`,
        unit: 'percentunit',
        queries: [{ expr: `${orNone(failed, all)} / ${all}` }],
      },
      duration: {
        description: `Time the servers of ${tier} took to answer, all hosts together. Waiting before the server is not in it. A point is one traced request, and leads to its trace.`,
        unit: 's',
        queries: [
          { expr: quantile(0.95, METRICS.httpDuration, { matchers: { tier }, classic: true }), legend: 'p95', exemplars: true },
          { expr: quantile(0.5, METRICS.httpDuration, { matchers: { tier }, classic: true }), legend: 'p50' },
        ],
      },
    };
  },
  limits: {
    pool: heldPanel('pool', 'database connections'),
    'event-loop': ({ tier }) => ({
      title: `${tier} event loop`,
      description: `Share of time the event loop of each site process in ${tier} was busy. Time in which the host was stopped counts as busy, so read it beside CPU.`,
      unit: 'percentunit',
      limitLine: true,
      queries: [{ expr: eventLoopUse({ tier }), legend: '{{host}}', colour: 'shades' }],
    }),
    backlog: ({ tier }) => ({
      title: `${tier} backlog`,
      description: `Jobs that ${tier} has accepted and that are not finished, on each of its hosts. A level is work in progress; a slope means that work is accepted faster than it is finished.`,
      unit: 'short',
      queries: [{ expr: select(METRICS.waiting, { tier, resource: 'backlog' }), legend: '{{host}}', every: 1, colour: 'shades' }],
    }),
  },
};

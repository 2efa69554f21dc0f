import { METRICS, orNone, quantile, rate, sum } from '@loadstair/telemetry';
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
};

import { orNone, rate, select, sum } from '@loadstair/telemetry';
import { heldPanel } from '../held-panel.ts';
import type { ComponentPanels } from '../panel.ts';
import { BACKEND, FRONTEND } from './config.ts';

/** Names of its own exporter. */
const HAPROXY = {
  requests: 'haproxy_frontend_http_requests_total',
  responses: 'haproxy_backend_http_responses_total',
  queueTime: 'haproxy_backend_queue_time_average_seconds',
  responseTime: 'haproxy_backend_response_time_average_seconds',
} as const;

export const haproxyPanels: ComponentPanels = {
  foreign: Object.values(HAPROXY),
  limits: { slots: heldPanel('slots', 'places for requests in flight') },
  requests({ tier }) {
    const to = { tier, proxy: BACKEND };
    const all = sum(rate(HAPROXY.responses, to));
    return {
      rate: {
        description: `HTTP requests that came to ${tier} from clients.`,
        unit: 'reqps',
        queries: [{ expr: sum(rate(HAPROXY.requests, { tier, proxy: FRONTEND }), ['host']), legend: '{{host}}', colour: 'shades' }],
      },
      errors: {
        description: `Share of the answers of ${tier} that were 5xx: of the servers behind it, or its own because none took the request.`,
        unit: 'percentunit',
        queries: [{ expr: `${orNone(sum(rate(HAPROXY.responses, { ...to, code: '5xx' })), all)} / ${all}` }],
      },
      duration: {
        description: `Mean over its last 1,024 requests of the time a request waited in ${tier} for a server, and of the time the server then took. HAProxy tells no percentiles.`,
        unit: 's',
        queries: [
          { expr: sum(select(HAPROXY.responseTime, to)), legend: 'server, mean' },
          { expr: sum(select(HAPROXY.queueTime, to)), legend: 'waiting, mean' },
        ],
      },
    };
  },
};

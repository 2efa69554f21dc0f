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
  limits: { slots: heldPanel('slots', 'Places for requests in flight') },
  requests({ tier }) {
    const to = { tier, proxy: BACKEND };
    const all = sum(rate(HAPROXY.responses, to));
    return {
      rate: {
        description: `HTTP requests from clients to ${tier}.`,
        unit: 'reqps',
        queries: [{ expr: sum(rate(HAPROXY.requests, { tier, proxy: FRONTEND }), ['host']), legend: '{{host}}', colour: 'shades' }],
      },
      errors: {
        description: `Share of answers of ${tier} with status 5xx, from the servers behind it or from ${tier} itself because no server was available.`,
        unit: 'percentunit',
        queries: [{ expr: `${orNone(sum(rate(HAPROXY.responses, { ...to, code: '5xx' })), all)} / ${all}` }],
      },
      duration: {
        description: `Time that requests waited in ${tier} for a server, and time that the server then took: means over the last 1,024 requests. HAProxy reports no percentiles.`,
        unit: 's',
        queries: [
          { expr: sum(select(HAPROXY.responseTime, to)), legend: 'server, mean' },
          { expr: sum(select(HAPROXY.queueTime, to)), legend: 'waiting, mean' },
        ],
      },
    };
  },
};

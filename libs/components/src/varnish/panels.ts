import { METRICS, orNone, quantile, rate, select, sum } from '@loadstair/telemetry';
import type { ComponentPanels } from '../panel.ts';

const BY_EDGE = '{{host}} {{region}}';
/** Names of k6's. */
const FILES_FETCHED = 'k6_files_fetched_total';
const LATENCY = 'k6_latency_from_due_seconds';

export const varnishPanels: ComponentPanels = {
  requests({ tier }) {
    const all = sum(rate(METRICS.edgeRequests, { tier }));
    return {
      rate: {
        description: `Requests for files that came to ${tier}.`,
        unit: 'reqps',
        queries: [{ expr: sum(rate(METRICS.edgeRequests, { tier }), ['host', 'region']), legend: '{{host}} {{region}}', colour: 'shades' }],
      },
      errors: {
        description: `Share of the requests to ${tier} for which the site could not be asked.`,
        unit: 'percentunit',
        queries: [{ expr: `${orNone(sum(rate(METRICS.edgeFailures, { tier })), all)} / ${all}` }],
      },
      duration: {
        title: `${tier} had the file`,
        description: `Share of the requests to ${tier} for files that it had. Varnish tells no times; what clients waited is in Run.`,
        unit: 'percentunit',
        queries: [
          {
            expr: `${sum(rate(METRICS.edgeRequests, { tier, result: 'hit' }), ['host', 'region'])} / ${sum(rate(METRICS.edgeRequests, { tier }), ['host', 'region'])}`,
            legend: '{{host}} {{region}}',
            colour: 'shades',
          },
        ],
      },
    };
  },
  /** What edges do for the users of each region, and what they leave to the site. */
  more: {
    title: 'Regions and edges',
    panels: {
      'files-by-way': {
        title: 'Where files came from',
        description:
          'Files that users fetched: an edge had it (hit) or fetched it (miss), the page said that the site sends it itself (origin), or no edge answered within a second (fallback).',
        unit: 'reqps',
        absent: 'No files were fetched.',
        queries: [{ expr: sum(rate(FILES_FETCHED), ['region', 'via']), legend: '{{region}} {{via}}', colour: 'shades' }],
      },
      'latency-by-region': {
        title: 'Latency by region',
        description:
          'Time from when a request was due to its answer, p95, by where its user is. Pages come from the site, wherever the user is.',
        unit: 's',
        log: true,
        queries: [{ expr: quantile(0.95, LATENCY, { by: ['region'] }), legend: '{{region}}', colour: 'shades' }],
      },
      'bytes-by-sender': {
        title: 'Bytes sent',
        description: 'By each edge to users, and by the site itself to users and to edges. Both are paid for (libs/stages/prices.json).',
        unit: 'binBps',
        queries: [
          { expr: sum(rate(METRICS.edgeBytes), ['host', 'region']), legend: BY_EDGE, colour: 'shades' },
          { expr: sum(rate(METRICS.originBytes)), legend: 'site', colour: 'ink' },
        ],
      },
      'edge-stored': {
        title: 'Kept at the edges',
        description: 'Bytes of files that each edge holds. Where it stays at the most, files go before their time.',
        unit: 'bytes',
        queries: [{ expr: select(METRICS.edgeStored), legend: BY_EDGE, every: 1, colour: 'shades' }],
      },
      'edge-evicted': {
        title: 'Thrown out for want of room',
        description: 'Files an edge dropped although their time had not ended. More memory would have kept them.',
        unit: 'reqps',
        queries: [{ expr: sum(rate(METRICS.edgeEvicted), ['host', 'region']), legend: BY_EDGE, colour: 'shades' }],
      },
    },
  },
};

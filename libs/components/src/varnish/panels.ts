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
        description: `Requests for files at ${tier}.`,
        unit: 'reqps',
        queries: [{ expr: sum(rate(METRICS.edgeRequests, { tier }), ['host', 'region']), legend: '{{host}} {{region}}', colour: 'shades' }],
      },
      errors: {
        description: `Share of requests to ${tier} for which the fetch from the site failed.`,
        unit: 'percentunit',
        queries: [{ expr: `${orNone(sum(rate(METRICS.edgeFailures, { tier })), all)} / ${all}` }],
      },
      duration: {
        title: `${tier} hit ratio`,
        description: `Share of requests to ${tier} for files that it had stored. Varnish reports no times; dashboard Run shows the latency for clients.`,
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
        title: 'Origin of files',
        description:
          'Files that users fetched: from an edge that had stored the file (hit) or had to fetch it (miss), from the site itself because the page linked to it (origin), or from the site because no edge answered within a second (fallback).',
        unit: 'reqps',
        absent: 'No files were fetched.',
        queries: [{ expr: sum(rate(FILES_FETCHED), ['region', 'via']), legend: '{{region}} {{via}}', colour: 'shades' }],
      },
      'latency-by-region': {
        title: 'Latency by region',
        description:
          'Time from the moment a request was due to its answer, p95, by the region of the user. Pages always come from the site.',
        unit: 's',
        log: true,
        queries: [{ expr: quantile(0.95, LATENCY, { by: ['region'] }), legend: '{{region}}', colour: 'shades' }],
      },
      'bytes-by-sender': {
        title: 'Bytes sent',
        description:
          'Bytes that each edge sends to users, and that the site itself sends to users and edges. Both cost money (libs/stages/prices.json).',
        unit: 'binBps',
        queries: [
          { expr: sum(rate(METRICS.edgeBytes), ['host', 'region']), legend: BY_EDGE, colour: 'shades' },
          { expr: sum(rate(METRICS.originBytes)), legend: 'site', colour: 'ink' },
        ],
      },
      'edge-stored': {
        title: 'Stored at the edges',
        description: 'Bytes of files that each edge stores. An edge at its limit evicts files before their TTL ends.',
        unit: 'bytes',
        queries: [{ expr: select(METRICS.edgeStored), legend: BY_EDGE, every: 1, colour: 'shades' }],
      },
      'edge-evicted': {
        title: 'Evicted for lack of memory',
        description: 'Files that an edge evicted before their TTL ended. With more memory the edge would have kept them.',
        unit: 'reqps',
        queries: [{ expr: sum(rate(METRICS.edgeEvicted), ['host', 'region']), legend: BY_EDGE, colour: 'shades' }],
      },
    },
  },
};

import { METRICS } from '@loadstair/telemetry';
import { K6 } from './names.ts';
import type { PlacedLater } from './panels/panel.ts';
import { timeSeries } from './panels/time-series.ts';
import { quantile, rate, select, sum } from './promql.ts';

const BY_EDGE = '{{host}} {{region}}';

/** What edges do for the users of each region, and what they leave to the site. */
export function edgePanels(): PlacedLater[] {
  return [
    timeSeries({
      key: 'files-by-way',
      title: 'Where files came from',
      description:
        'Files that users fetched: an edge had it (hit) or fetched it (miss), the page said that the site sends it itself (origin), or no edge answered within a second (fallback).',
      unit: 'reqps',
      width: 8,
      absent: { says: 'No files were fetched.' },
      queries: [{ expr: sum(rate(K6.files), ['region', 'via']), legend: '{{region}} {{via}}', colour: 'shades' }],
    }),
    timeSeries({
      key: 'latency-by-region',
      title: 'Latency by region',
      description:
        'Time from when a request was due to its answer, p95, by where its user is. Pages come from the site, wherever the user is.',
      unit: 's',
      width: 8,
      log: true,
      queries: [{ expr: quantile(0.95, K6.latency, { by: ['region'] }), legend: '{{region}}', colour: 'shades' }],
    }),
    timeSeries({
      key: 'bytes-by-sender',
      title: 'Bytes sent',
      description: 'By each edge to users, and by the site itself to users and to edges. Both are paid for (libs/stages/prices.json).',
      unit: 'binBps',
      width: 8,
      queries: [
        { expr: sum(rate(METRICS.edgeBytes), ['host', 'region']), legend: BY_EDGE, colour: 'shades' },
        { expr: sum(rate(METRICS.originBytes)), legend: 'site', colour: 'ink' },
      ],
    }),
    timeSeries({
      key: 'edge-stored',
      title: 'Kept at the edges',
      description: 'Bytes of files that each edge holds. Where it stays at the most, files go before their time.',
      unit: 'bytes',
      width: 8,
      queries: [{ expr: select(METRICS.edgeStored), legend: BY_EDGE, every: 1, colour: 'shades' }],
    }),
    timeSeries({
      key: 'edge-evicted',
      title: 'Thrown out for want of room',
      description: 'Files an edge dropped although their time had not ended. More memory would have kept them.',
      unit: 'reqps',
      width: 8,
      queries: [{ expr: sum(rate(METRICS.edgeEvicted), ['host', 'region']), legend: BY_EDGE, colour: 'shades' }],
    }),
  ];
}

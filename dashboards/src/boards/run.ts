import { METRICS, counted, orNone, quantile, rate, select, sum } from '@loadstair/telemetry';
import { board, type Board } from '../board.ts';
import { droppedPanel, latencyPanel, latenessPanel, loadPanel } from '../load-panels.ts';
import { K6, PROMETHEUS } from '../names.ts';
import { heatmapPanel, stateTimeline, tablePanel } from '../panels/grids.ts';
import { timeSeries } from '../panels/time-series.ts';
import { mixed } from '../slo.ts';

const FAILED = { expected_response: 'false' };

/** What was asked of the site, what came back, and whether the asking itself went well. */
export function run(): Board {
  return board({
    uid: 'run',
    title: 'Run',
    description: 'Offered, started and achieved load, latency by journey and errors, with the steps and faults of the run.',
    rows: [
      {
        title: 'Load',
        panels: [
          loadPanel(12),
          latenessPanel(8),
          droppedPanel(),
          stateTimeline({
            key: 'steps',
            title: 'Steps',
            description:
              'Number and kind of the current step: constant load (load), no load (idle), or less load after the SLO was missed (back).',
            unit: 'none',
            width: 24,
            height: 4,
            queries: [{ expr: select(METRICS.step), legend: '{{kind}}', every: 1, colour: 'fourth' }],
          }),
        ],
      },
      {
        title: 'Latency',
        panels: [
          latencyPanel(12),
          timeSeries({
            key: 'latency-by-journey',
            title: 'Latency p95 by journey',
            description: 'Latency by journey: the journey that slows down first shows which part of the site is saturated.',
            unit: 's',
            width: 12,
            log: true,
            queries: [{ expr: quantile(0.95, K6.latency, { by: ['journey'] }), legend: '{{journey}}', colour: 'shades' }],
          }),
          heatmapPanel({
            key: 'server-durations',
            title: 'Response time on the server',
            description: 'Distribution of response times on the web servers. Two bands mean two kinds of requests, or a queue.',
            unit: 's',
            width: 24,
            queries: [
              { expr: sum(`increase(${select(METRICS.httpDuration, {}, '_bucket')}[$__rate_interval])`, ['le']), legend: '{{le}}' },
            ],
          }),
        ],
      },
      {
        title: 'Errors',
        panels: [
          timeSeries({
            key: 'failed-share',
            title: 'Requests failed',
            description: 'Share of requests with an error status, a wrong answer or no answer. The dashed line is the SLO.',
            unit: 'percentunit',
            width: 8,
            limitLine: mixed.slo.errorShare,
            queries: [{ expr: `${orNone(sum(rate(K6.requests, FAILED)), sum(rate(K6.requests)))} / ${sum(rate(K6.requests))}` }],
          }),
          timeSeries({
            key: 'stale',
            title: 'Stale answers',
            description:
              'Answers without the user’s own last write, because a replica had not replayed it or a cache kept an older copy. They are not failures.',
            unit: 'reqps',
            width: 8,
            absent: { says: 'No answer was stale.' },
            queries: [{ expr: sum(rate(K6.stale)) }],
          }),
          stateTimeline({
            key: 'alerts',
            title: 'Alerts',
            description:
              'Alerts of the lab’s rules: the SLO, hosts that are down or at their limit, the lab itself. dashboards/rules/alerts.yml says what to do about each.',
            unit: 'none',
            width: 8,
            absent: { says: 'No alert in the time shown.' },
            queries: [{ expr: select(PROMETHEUS.alerts, { alertstate: 'firing' }), legend: '{{alertname}} {{host}}' }],
            states: [{ value: 1, text: 'firing', colour: 'ink' }],
          }),
          tablePanel({
            key: 'requests-by-kind',
            title: 'Requests by kind',
            description: 'All requests of the time shown, by kind of request and status of the answer; status 0 means no answer.',
            unit: 'short',
            width: 24,
            value: 'requests',
            decimals: 0,
            queries: [{ expr: `sort_desc(${sum(counted(K6.requests), ['name', 'status'])})` }],
          }),
        ],
      },
    ],
  });
}

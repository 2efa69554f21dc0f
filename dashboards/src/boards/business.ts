import type { PanelUnit } from '@loadstair/components/panels';
import { METRICS, type MetricDeclaration, grown, max, rate, select, sum } from '@loadstair/telemetry';
import { board, type Board } from '../board.ts';
import type { PlacedLater } from '../panels/panel.ts';
import { statPanel } from '../panels/single-values.ts';
import { timeSeries } from '../panels/time-series.ts';

/** What the site is for, from its own data, not from what the generator says it sent. */
export function business(): Board {
  return board({
    uid: 'business',
    title: 'Business',
    description: 'Users, orders and photos as the site’s database counts them. They reveal a site that answers requests but sells nothing.',
    rows: [
      {
        title: 'In the time shown',
        panels: [
          total('sign-ups', 'Sign-ups', METRICS.signUps),
          total('photos', 'Photos', METRICS.photos),
          total('likes', 'Likes', METRICS.likes),
          total('comments', 'Comments', METRICS.comments),
          total('orders', 'Orders', METRICS.orders),
          total('revenue', 'Revenue', METRICS.revenue, 'currencyUSD'),
        ],
      },
      {
        title: 'Users',
        panels: [
          timeSeries({
            key: 'daily-active',
            title: 'Daily active users',
            description: `${METRICS.dailyActive.help}. Lab days are compressed: each takes a few minutes.`,
            unit: 'short',
            width: 12,
            queries: [{ expr: max(select(METRICS.dailyActive)) }],
          }),
          timeSeries({
            key: 'retention',
            title: 'Retention',
            description: `${METRICS.retention.help}.`,
            unit: 'percentunit',
            width: 12,
            queries: [{ expr: max(select(METRICS.retention)) }],
          }),
        ],
      },
      {
        title: 'Over time',
        panels: [
          timeSeries({
            key: 'orders-rate',
            title: 'Orders and uploads',
            description: 'Orders placed and photos uploaded per minute. They fall when requests of buyers and uploaders fail.',
            unit: 'short',
            width: 12,
            queries: [
              { expr: `60 * ${sum(rate(METRICS.orders))}`, legend: 'orders per minute' },
              { expr: `60 * ${sum(rate(METRICS.photos))}`, legend: 'photos per minute' },
            ],
          }),
          timeSeries({
            key: 'engagement-rate',
            title: 'Likes and comments',
            description: 'Likes and comments per minute.',
            unit: 'short',
            width: 12,
            queries: [
              { expr: `60 * ${sum(rate(METRICS.likes))}`, legend: 'likes per minute' },
              { expr: `60 * ${sum(rate(METRICS.comments))}`, legend: 'comments per minute' },
            ],
          }),
        ],
      },
    ],
  });
}

function total(key: string, title: string, metric: MetricDeclaration, unit: PanelUnit = 'short'): PlacedLater {
  return statPanel({
    key,
    title,
    description: `${metric.help}, in the time shown.`,
    unit,
    decimals: 0,
    queries: [{ expr: sum(grown(metric)) }],
  });
}

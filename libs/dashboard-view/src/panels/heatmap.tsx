import type { JSX } from 'react';
import { heatClass, heatOf } from '../data/heat.ts';
import type { SeriesData } from '../data/panel-data.ts';
import { format } from '../view/format.ts';
import type { PanelView } from '../view/view-of.ts';

/** Of the heat classes, from pale to full: the warm one means a limit, and a count has none. */
const SHADES = 4;

interface Props {
  readonly panel: Extract<PanelView, { kind: 'heatmap' }>;
  readonly series: readonly SeriesData[];
}

/** Counts by bucket and time: slow ones on top, darker is more. */
export function Heatmap({ panel, series }: Props): JSX.Element {
  const { bounds, counts, highest } = heatOf(series);
  const columns = counts[0]?.length ?? 0;
  const below = (bucket: number): string => {
    const bound = bounds[bucket] ?? Number.POSITIVE_INFINITY;
    return Number.isFinite(bound) ? `≤ ${format(bound, panel.unit)}` : `> ${format(bounds[bucket - 1] ?? 0, panel.unit)}`;
  };
  const order = bounds.map((_, bucket) => bucket).reverse();
  return (
    <div className="dv-heat">
      <ol>
        {order.map((bucket) => (
          <li key={bucket}>{below(bucket)}</li>
        ))}
      </ol>
      <svg
        viewBox={`0 0 ${columns} ${bounds.length}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${panel.title}: most in one cell ${format(highest, { kind: 'count' }, 0)}.`}
      >
        {order.map((bucket, line) =>
          (counts[bucket] ?? []).map((count, time) => {
            const shade = heatClass(count, highest, SHADES);
            return shade === null ? null : (
              <rect key={`${bucket} ${time}`} x={time} y={line} width={1.02} height={0.94} className={`dv-h${shade}`} />
            );
          }),
        )}
      </svg>
    </div>
  );
}

import type uPlot from 'uplot';
import type { Exemplar } from '../data/panel-data.ts';

const RADIUS_PX = 3.5;
/** A press this near is meant for the point. */
const REACH_PX = 12;

interface Place {
  readonly exemplar: Exemplar;
  readonly left: number;
  readonly top: number;
  /** It is higher than the axis, and stands at its end. */
  readonly beyond: boolean;
}

/** Rings, one a traced request; an arrow at the top edge for what is higher than the axis. */
export function drawExemplars(plot: uPlot, exemplars: readonly Exemplar[], colour: string): void {
  const { ctx, bbox } = plot;
  const px = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5 * px;
  for (const { left, top, beyond } of places(plot, exemplars)) {
    const [x, y, radius] = [bbox.left + left * px, bbox.top + top * px, RADIUS_PX * px];
    ctx.beginPath();
    if (beyond) {
      ctx.moveTo(x - radius, y + 2 * radius);
      ctx.lineTo(x, y);
      ctx.lineTo(x + radius, y + 2 * radius);
    } else ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.stroke();
  }
  ctx.restore();
}

/** The traced request that a press in the picture is meant for; null when none is near. */
export function exemplarAt(
  plot: uPlot,
  exemplars: readonly Exemplar[],
  at: { readonly left: number; readonly top: number },
): Exemplar | null {
  const distance = (place: Place): number => Math.hypot(place.left - at.left, place.top - at.top);
  const [nearest] = places(plot, exemplars).toSorted((a, b) => distance(a) - distance(b));
  return nearest !== undefined && distance(nearest) <= REACH_PX ? nearest.exemplar : null;
}

/** Where each stands in the plot, px. */
function places(plot: Pick<uPlot, 'valToPos' | 'scales'>, exemplars: readonly Exemplar[]): Place[] {
  const { min, max } = plot.scales['x'] ?? {};
  return exemplars.flatMap((exemplar) => {
    const at = exemplar.atMs / 1000;
    if (min === undefined || max === undefined || min === null || max === null || at < min || at > max) return [];
    const top = plot.valToPos(exemplar.value, 'y');
    return [{ exemplar, left: plot.valToPos(at, 'x'), top: Math.max(0, top), beyond: top < 0 }];
  });
}

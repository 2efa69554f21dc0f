import { legendOf } from './data/lines.ts';
import type { DashboardData } from './data/panel-data.ts';
import { heldSpans, spansOf, type Span } from './data/states.ts';
import type { DashboardView } from './view/view-of.ts';

/** A step of the run, over the grid of times. */
export type StepSpan = Span & { readonly text: string };

const STEPS = 'Steps';
const FAULTS = 'Faults';

/** Steps of a run from the annotation that marks them, in order. */
export function stepsOf(view: Pick<DashboardView, 'annotations'>, data: Pick<DashboardData, 'annotations'>): StepSpan[] {
  const title = view.annotations.find(({ name }) => name === STEPS)?.title ?? '';
  return (data.annotations[STEPS] ?? [])
    .flatMap((series) => spansOf(series).map((span) => ({ ...span, text: legendOf(title, series.labels) })))
    .sort((a, b) => a.from - b.from);
}

/** Spans in which some host was down. */
export function faultsOf(data: Pick<DashboardData, 'annotations'>): Span[] {
  return (data.annotations[FAULTS] ?? []).flatMap(heldSpans);
}

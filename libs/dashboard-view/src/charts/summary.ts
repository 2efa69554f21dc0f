import { lastOf, type Line } from '../data/lines.ts';
import { format } from '../view/format.ts';
import { emptyText, type PanelView } from '../view/view-of.ts';

const MOST_LINES = 4;

/** One sentence that says what a picture shows, for those who do not see it. */
export function summaryOf(panel: Pick<PanelView, 'title' | 'unit' | 'decimals' | 'absence'>, lines: readonly Line[]): string {
  if (lines.length === 0) return `${panel.title}: ${emptyText(panel)}`;
  const write = (value: number | null): string => format(value, panel.unit, panel.decimals);
  const said = lines.slice(0, MOST_LINES).map(({ name, series }) => {
    const known = series.values.filter((value) => value !== null);
    const highest = known.length === 0 ? null : Math.max(...known);
    return `${name} ${write(lastOf(series))} at the end, ${write(highest)} at most`;
  });
  const rest = lines.length - said.length;
  return `${panel.title}: ${said.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`;
}

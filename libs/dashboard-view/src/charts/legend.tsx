import type { CSSProperties, JSX } from 'react';
import { lastOf, type Line } from '../data/lines.ts';
import { format } from '../view/format.ts';
import type { PanelView } from '../view/view-of.ts';

const MOST_NAMES = 8;

/** Names of the lines with their value under the cursor, or the last there is. */
export function Legend({
  panel,
  lines,
  index,
}: {
  readonly panel: PanelView;
  readonly lines: readonly Line[];
  readonly index: number | null;
}): JSX.Element {
  const rest = lines.length - MOST_NAMES;
  return (
    <ul className="dv-legend">
      {lines.slice(0, MOST_NAMES).map((line) => (
        <li key={line.name}>
          <i className={line.colour} style={{ '--line': `var(--chart-${line.colour})` } as CSSProperties} />
          {line.name}{' '}
          <b>{format(index === null ? lastOf(line.series) : (line.series.values[index] ?? null), panel.unit, panel.decimals)}</b>
        </li>
      ))}
      {rest > 0 && <li className="dv-muted">{`+ ${rest} others`}</li>}
    </ul>
  );
}

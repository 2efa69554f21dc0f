import type { CSSProperties, JSX } from 'react';
import { lastOf, type Line } from '../data/lines.ts';
import { format } from '../view/format.ts';
import type { PanelView } from '../view/view-of.ts';

interface Props<Kind extends PanelView['kind']> {
  readonly panel: Extract<PanelView, { kind: Kind }>;
  readonly lines: readonly Line[];
}

/** One number, or a few with their names. */
export function Values({ panel, lines }: Props<'value'>): JSX.Element {
  return (
    <ul className="dv-values">
      {lines.map((line) => (
        <li key={line.name}>
          {line.name !== panel.title && <span className="dv-muted">{line.name}</span>}
          <b>{format(lastOf(line.series), panel.unit, panel.decimals)}</b>
        </li>
      ))}
    </ul>
  );
}

/** A bar for each series with its number, the longest first: never a ring, whose angle nobody can read. */
export function Bars({ panel, lines }: Props<'bars'>): JSX.Element {
  return (
    <ul className="dv-bars">
      {lines
        .toSorted((a, b) => (lastOf(b.series) ?? 0) - (lastOf(a.series) ?? 0))
        .map((line) => {
          const value = lastOf(line.series);
          const share = value === null ? 0 : Math.min(1, Math.max(0, (value - panel.min) / (panel.max - panel.min)));
          return (
            <li key={line.name}>
              <span>{line.name}</span>
              <span className="dv-bar" style={{ '--share': share, '--bar': `var(--chart-${line.colour})` } as CSSProperties} />
              <b>{format(value, panel.unit, panel.decimals)}</b>
            </li>
          );
        })}
    </ul>
  );
}

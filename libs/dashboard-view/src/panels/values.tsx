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
    <dl className="dv-values">
      {lines.map((line) => (
        <div key={line.name}>
          {line.name !== panel.title && <dt>{line.name}</dt>}
          <dd>{format(lastOf(line.series), panel.unit, panel.decimals)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A bar for each series, with its number: never a ring, whose angle nobody can read. */
export function Bars({ panel, lines }: Props<'bars'>): JSX.Element {
  return (
    <ul className="dv-bars">
      {lines.map((line) => {
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

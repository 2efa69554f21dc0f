import type { CSSProperties, JSX } from 'react';
import type { Line } from '../data/lines.ts';
import { spansOf } from '../data/states.ts';
import { format } from '../view/format.ts';
import type { PanelView } from '../view/view-of.ts';

interface Props {
  readonly panel: Extract<PanelView, { kind: 'states' }>;
  readonly lines: readonly Line[];
  readonly points: number;
}

/** What state each series was in over time; the word stands in the bar, so colour is never alone. */
export function States({ panel, lines, points }: Props): JSX.Element {
  return (
    <ul className="dv-states">
      {lines.map((line) => (
        <li key={line.name}>
          <span>{line.name}</span>
          <span className="dv-track">
            {spansOf(line.series).map(({ from, to, value }) => {
              const state = panel.states.find((one) => one.value === value);
              const text = state?.text ?? format(value, panel.unit);
              const place = { left: `${(100 * from) / points}%`, width: `${(100 * (to - from)) / points}%` };
              const style = { ...place, '--state': `var(--chart-${state?.colour ?? line.colour})` } as CSSProperties;
              return (
                <span key={from} style={style} title={text}>
                  {text}
                </span>
              );
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}

import type { ReactNode } from 'react';
import { moved, zoomed, type AxisSpan } from './zoom.ts';

/** An axis of which a part can be looked at. */
export interface ZoomedAxis {
  /** What it is of: `time`, `load`. */
  readonly of: string;
  readonly whole: AxisSpan;
  /** Null is all of it. */
  readonly shown: AxisSpan | null;
  /** Length of the shortest part that is shown. */
  readonly least: number;
  readonly words: (at: number) => string;
  readonly onShow: (span: AxisSpan | null) => void;
}

/** Everything a drag over a chart can do, as buttons. */
export function ZoomButtons({ of, whole, shown, least, words, onShow }: ZoomedAxis): ReactNode {
  const { from, to } = shown ?? whole;
  const at = (direction: 1 | -1): void => {
    if (shown !== null) onShow(moved(whole, shown, direction) ?? shown);
  };
  return (
    <span className="zoom" role="group" aria-label={`Part of the ${of} that is shown`}>
      <button type="button" aria-label={`Show less ${of}`} onClick={() => onShow(zoomed(whole, shown, 0.5, least))}>
        +
      </button>
      <button type="button" aria-label={`Show more ${of}`} disabled={shown === null} onClick={() => onShow(zoomed(whole, shown, 2, least))}>
        −
      </button>
      <button type="button" aria-label="Show what lies before" disabled={shown === null || from <= whole.from} onClick={() => at(-1)}>
        ‹
      </button>
      <button type="button" aria-label="Show what lies after" disabled={shown === null || to >= whole.to} onClick={() => at(1)}>
        ›
      </button>
      <button type="button" disabled={shown === null} onClick={() => onShow(null)}>
        all
      </button>
      <span>
        {words(from)}–{words(to)}
      </span>
    </span>
  );
}

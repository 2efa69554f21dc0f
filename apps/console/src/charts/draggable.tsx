import { useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { dragged, SHORTEST_DRAG_PX, type AxisSpan } from './zoom.ts';

/** Where the plots of a drawing lie, px of the drawing from its left. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly width: number;
}

/** Shares of the plot between which the pointer was dragged. */
interface Drag {
  readonly from: number;
  readonly to: number;
}

/** A drawing over one axis: a drag with the mouse looks at a part of it. Fingers scroll the page; the buttons are for them. */
export function Draggable({
  plot,
  shown,
  least,
  onShow,
  children,
}: {
  readonly plot: PlotArea;
  readonly shown: AxisSpan;
  readonly least: number;
  readonly onShow: (span: AxisSpan) => void;
  readonly children: ReactNode;
}): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const plotWidth = plot.right - plot.left;
  /** As a share of the plot, from its left. */
  const at = ({ clientX }: PointerEvent): number => {
    const box = frame.current?.querySelector('svg')?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return 0;
    return ((clientX - box.left) * (plot.width / box.width) - plot.left) / plotWidth;
  };
  const begin = (event: PointerEvent): void => {
    const share = at(event);
    if (event.pointerType !== 'mouse' || event.button !== 0 || share < 0 || share > 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ from: share, to: share });
  };
  const go = (event: PointerEvent): void => {
    if (drag !== null) setDrag({ ...drag, to: Math.min(1, Math.max(0, at(event))) });
  };
  const end = (): void => {
    if (drag === null) return;
    setDrag(null);
    const span = Math.abs(drag.to - drag.from) * plotWidth < SHORTEST_DRAG_PX ? null : dragged(shown, drag.from, drag.to, least);
    if (span !== null) onShow(span);
  };
  const percent = (share: number): string => `${(100 * (plot.left + share * plotWidth)) / plot.width}%`;
  return (
    <div ref={frame} className="draggable" onPointerDown={begin} onPointerMove={go} onPointerUp={end} onPointerCancel={() => setDrag(null)}>
      {children}
      {drag === null ? null : (
        <span
          className="dragged"
          style={{
            left: percent(Math.min(drag.from, drag.to)),
            width: `${(100 * Math.abs(drag.to - drag.from) * plotWidth) / plot.width}%`,
          }}
        />
      )}
    </div>
  );
}

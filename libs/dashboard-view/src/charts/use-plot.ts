import { useEffect, useRef, type RefObject } from 'react';
import uPlot from 'uplot';
import { useLook, type Look } from './look.ts';

/** A canvas in its frame. */
export interface Plot {
  readonly frame: RefObject<HTMLDivElement | null>;
  /** Null before it is drawn. */
  readonly plot: RefObject<uPlot | null>;
}

/** What a chart is made for. */
export interface Paper extends Look {
  /** px */
  readonly width: number;
  readonly height: number;
}

/**
 * A uPlot chart that is as wide as its frame and goes with it, and with how the page looks.
 *
 * @param shape a chart is made anew when it changes; new data of the same shape only move its lines
 * @param height px at the usual size of text
 * @param optionsOf asked when a chart is made
 * @param data of the same identity as long as nothing is new
 */
export function usePlot(shape: string, height: number, optionsOf: (paper: Paper) => uPlot.Options, data: uPlot.AlignedData): Plot {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ optionsOf, data });
  latest.current = { optionsOf, data };
  const look = useLook();

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const size = (): { width: number; height: number } => ({
      width: Math.max(1, element.clientWidth),
      height: height * look.textScale,
    });
    const made = new uPlot(latest.current.optionsOf({ ...look, ...size() }), latest.current.data, element);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize(size()));
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [shape, height, look]);

  useEffect(() => plot.current?.setData(data), [data]);
  return { frame, plot };
}

const BIG_STEP = 10;

/** Where a key takes the cursor of a chart, one point or with Shift ten; null for keys that do not move it. */
export function indexAfter(key: string, shift: boolean, at: number, last: number): number | null {
  const step = shift ? BIG_STEP : 1;
  const to = { ArrowLeft: at - step, ArrowRight: at + step, Home: 0, End: last }[key];
  return to === undefined || last < 0 ? null : Math.max(0, Math.min(last, to));
}

import { useState, type ReactNode } from 'react';
import { rate, type RunData } from '@loadstair/analysis';
import { keepsUp, onsetChart, onsetPlot } from '@loadstair/report-view';
import { Drawing } from '../charts/drawing.tsx';
import type { AxisSpan } from '../charts/zoom.ts';
import { useNarrow } from '../shell/use-narrow.ts';

/** Width of the chart on a phone, and beside the evidence, px. */
const WIDTH = { phone: 358, beside: 720 } as const;
/** Share of the loads that is shown at least. */
const LEAST = 0.1;

/** Achieved load and latency over offered load; a part of the loads can be looked at. */
export function KeepsUp({ run }: { readonly run: RunData }): ReactNode {
  const [shown, show] = useState<AxisSpan | null>(null);
  const width = useNarrow() ? WIDTH.phone : WIDTH.beside;
  const { left, right, maxLoad } = onsetPlot(run, width);
  return (
    <Drawing
      part={onsetChart(run, width, null, shown)}
      file={`keeps-up-${run.run}`}
      caption={keepsUp(run)}
      zoom={{
        of: 'load',
        plot: { left, right, width },
        whole: { from: 0, to: maxLoad },
        shown,
        least: maxLoad * LEAST,
        words: (load) => `${rate(load)}/s`,
        onShow: show,
      }}
    />
  );
}

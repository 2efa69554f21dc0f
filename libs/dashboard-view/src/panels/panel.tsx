import { useMemo, useState, type JSX } from 'react';
import { csv } from '@loadstair/report-view';
import { LinesChart, type LinesChartProps } from '../charts/lines-chart.tsx';
import { linesOf, type Line } from '../data/lines.ts';
import type { Exemplar, PanelData } from '../data/panel-data.ts';
import { saveFile } from '../save-file.ts';
import { unitName } from '../view/format.ts';
import { emptyText, type PanelView } from '../view/view-of.ts';
import { Heatmap } from './heatmap.tsx';
import { LabelTable, TimeTable } from './series-table.tsx';
import { States } from './states.tsx';
import { useNear } from './use-near.ts';
import { Bars, Values } from './values.tsx';

/** What all panels of a dashboard share. */
export type Shared = Pick<LinesChartProps, 'times' | 'startS' | 'faults' | 'stepStarts' | 'syncKey' | 'onRange' | 'onTrace'> & {
  readonly host: string | null;
};

interface Props {
  readonly panel: PanelView;
  readonly data: PanelData;
  readonly exemplars: readonly Exemplar[];
  readonly shared: Shared;
}

const LINE_PX = 30;
const HEADING_PX = 66;
const NUMBER_PX = 44;

/** A panel in its frame: title, unit, what it means, and the same as a table. */
export function Panel({ panel, data, exemplars, shared }: Props): JSX.Element {
  const [asTable, setAsTable] = useState(false);
  const [explained, setExplained] = useState(false);
  const [frame, near] = useNear<HTMLElement>();
  const lines = linesOf(panel, data, shared.host);
  const traced = useMemo(() => exemplars.filter(({ host }) => shared.host === null || host === shared.host), [exemplars, shared.host]);
  const unit = panel.kind === 'lines' ? unitName(panel.unit) : null;
  // Kept free before it is drawn, so that nothing jumps.
  const height = panel.kind === 'value' ? NUMBER_PX : Math.max(120, panel.size.lines * LINE_PX - HEADING_PX);
  const hasTwin = panel.kind === 'lines' && lines.length > 0;
  return (
    <section
      ref={frame}
      className="dv-panel"
      id={`panel-${panel.id}`}
      data-columns={panel.size.columns}
      aria-labelledby={`title-${panel.id}`}
    >
      <header>
        <h3 id={`title-${panel.id}`}>
          {panel.title}
          {unit !== null && <span className="dv-muted">{`, ${unit}`}</span>}
        </h3>
        <button type="button" aria-expanded={explained} aria-label={`What ${panel.title} means`} onClick={() => setExplained(!explained)}>
          i
        </button>
        {hasTwin && (
          <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? 'chart' : 'table'}
          </button>
        )}
        {hasTwin && (
          <button type="button" aria-label={`Save ${panel.title} as CSV`} onClick={() => saveSeries(panel, lines, shared)}>
            CSV
          </button>
        )}
      </header>
      {explained && <p className="dv-muted">{panel.description}</p>}
      <div className="dv-body" style={{ minHeight: height }}>
        {/* Far from the screen nothing is drawn: a browser gives a page few canvases. */}
        {near && <Body panel={panel} data={data} exemplars={traced} lines={lines} shared={shared} height={height} asTable={asTable} />}
      </div>
    </section>
  );
}

/** The lines of a panel as they are shown: seconds of the run, then a column a line. */
function saveSeries({ title }: PanelView, lines: readonly Line[], { times, startS }: Shared): void {
  const rows = times.map((at, index) => [Number((at - startS).toFixed(3)), ...lines.map(({ series }) => series.values[index] ?? null)]);
  saveFile(`${title.toLowerCase().replaceAll(/\W+/g, '-')}.csv`, 'text/csv', csv(['time_s', ...lines.map(({ name }) => name)], rows));
}

interface BodyProps extends Props {
  readonly lines: readonly Line[];
  readonly height: number;
  readonly asTable: boolean;
}

/** What a panel shows, without its frame. */
export function Body({ panel, data, exemplars, lines, shared, height, asTable }: BodyProps): JSX.Element {
  if (lines.length === 0) return <p className="dv-empty">{emptyText(panel)}</p>;
  switch (panel.kind) {
    case 'lines':
      return asTable ? (
        <TimeTable panel={panel} lines={lines} times={shared.times} startS={shared.startS} />
      ) : (
        <LinesChart {...shared} panel={panel} lines={lines} exemplars={exemplars} height={height} />
      );
    case 'value':
      return <Values panel={panel} lines={lines} />;
    case 'bars':
      return <Bars panel={panel} lines={lines} />;
    case 'table':
      return <LabelTable panel={panel} lines={lines} />;
    case 'heatmap':
      return <Heatmap panel={panel} series={data['A'] ?? []} />;
    case 'states':
      return <States panel={panel} lines={lines} points={shared.times.length} />;
  }
}

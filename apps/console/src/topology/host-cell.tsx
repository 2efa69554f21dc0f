import type { ReactNode } from 'react';
import { AT_LIMIT } from '@loadstair/resources';
import { heatClass } from '@loadstair/report-view';
import { STATE_MARKS } from './feet.ts';
import type { HostReading } from './host-reading.ts';
import type { Cell } from './layout.ts';

const PAD = 8;
/** Of the bar in a cell, px. */
const BARS = { cards: { y: 24, height: 6 }, rows: { y: 19, height: 4 } } as const;
const BASELINES = { cards: 17, rows: 14, chips: 18 } as const;

/** One host: its name, use of its CPU budget, and its most used other limit. Values are written in by `showReading`. */
export function HostCell({
  cell,
  limit,
  added,
  predicted,
  measured,
}: {
  readonly cell: Cell;
  /** `LIMIT` on a host that was named; where there is no room for it, a mark, or words below chips. */
  readonly limit: string | null;
  readonly added: boolean;
  /** Somebody said that it would run out. */
  readonly predicted: boolean;
  /** Whether values will be written in; else there is nothing to draw a bar of. */
  readonly measured: boolean;
}): ReactNode {
  const { density } = cell;
  const bar = density === 'chips' ? null : { ...BARS[density], x: PAD, width: cell.width - 2 * PAD };
  const baseline = BASELINES[density];
  return (
    <g
      className={`host${bar === null ? ' chip' : ''}${limit === null ? '' : ' named'}${predicted ? ' predicted' : ''}`}
      data-host={cell.host}
      transform={`translate(${cell.x} ${cell.y})`}
    >
      {bar === null ? <title>{cell.host}</title> : null}
      <rect className="cell" width={cell.width} height={cell.height} />
      {predicted ? <rect className="said" x={-4} y={-4} width={cell.width + 8} height={cell.height + 8} /> : null}
      {bar === null ? (
        <text className="ink number" data-cpu="" x={cell.width / 2} y={baseline} textAnchor="middle" />
      ) : (
        <>
          <text className="ink name" x={PAD} y={baseline}>
            {added ? '⊕ ' : ''}
            {limit !== null && density === 'rows' ? '▲ ' : ''}
            {cell.host}
          </text>
          <text className="ink number" data-cpu="" x={cell.width - PAD} y={baseline} textAnchor="end" />
        </>
      )}
      {bar !== null && measured ? (
        <>
          <rect className="track" {...bar} />
          <rect className="bar" data-bar="" data-width={bar.width} {...bar} width={0} />
          <line
            className="limit-tick"
            x1={bar.x + AT_LIMIT * bar.width}
            x2={bar.x + AT_LIMIT * bar.width}
            y1={bar.y - 2}
            y2={bar.y + bar.height + 2}
          />
        </>
      ) : null}
      {density === 'cards' && measured ? <text data-other="" x={PAD} y={47} /> : null}
      {limit === null || density !== 'cards' ? null : (
        <text className="tag" x={cell.width} y={-5} textAnchor="end">
          {limit}
        </text>
      )}
    </g>
  );
}

/** Classes of heat there are. */
const HEATS = 5;

/** Writes what a host uses now into its cell. */
export function showReading(drawing: SVGSVGElement, host: string, reading: HostReading): void {
  const cell = drawing.querySelector<SVGGElement>(`[data-host="${CSS.escape(host)}"]`);
  if (cell === null) return;
  const down = reading.state === 'down';
  const chip = cell.classList.contains('chip');
  setText(cell, '[data-cpu]', chip ? chipWords(reading) : down ? '✕ down' : reading.state === 'up' ? reading.cpuWords : reading.state);
  setText(cell, '[data-other]', down ? '' : reading.other);
  const bar = cell.querySelector<SVGRectElement>('[data-bar]');
  bar?.setAttribute('width', String(Math.min(1, down ? 0 : (reading.cpu ?? 0)) * Number(bar.dataset['width'])));
  for (let heat = 0; chip && heat < HEATS; heat += 1)
    cell.classList.toggle(`h${heat}`, !down && reading.cpu !== null && heatClass(reading.cpu) === heat);
  cell.classList.toggle('down', down);
  cell.classList.toggle('starting', reading.state === 'starting');
  cell.classList.toggle('full', !down && (reading.cpu ?? 0) >= AT_LIMIT);
}

/** A number without its unit, or a mark: there is room for no more. */
function chipWords({ state, cpu }: HostReading): string {
  return state === 'up' ? (cpu === null ? '' : String(Math.round(100 * cpu))) : (STATE_MARKS[state] ?? '–');
}

function setText(cell: SVGGElement, selector: string, text: string): void {
  const element = cell.querySelector(selector);
  if (element !== null && element.textContent !== text) element.textContent = text;
}

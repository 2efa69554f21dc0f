import type { ReactNode } from 'react';
import { AT_LIMIT } from '@loadstair/analysis';
import type { HostReading } from './host-reading.ts';
import type { Cell, Density } from './layout.ts';

const PAD = 8;

/** One host: its name, use of its CPU budget, and its most used other limit. Values are written in by `showReading`. */
export function HostCell({
  cell,
  density,
  limit,
  added,
  predicted,
  measured,
}: {
  readonly cell: Cell;
  readonly density: Density;
  /** `LIMIT` on a host that was named. */
  readonly limit: string | null;
  readonly added: boolean;
  /** Somebody said that it would run out. */
  readonly predicted: boolean;
  /** Whether values will be written in; else there is nothing to draw a bar of. */
  readonly measured: boolean;
}): ReactNode {
  const bar = { x: PAD, width: cell.width - 2 * PAD };
  return (
    <g
      className={`host${limit === null ? '' : ' named'}${predicted ? ' predicted' : ''}`}
      data-host={cell.host}
      transform={`translate(${cell.x} ${cell.y})`}
    >
      <rect className="cell" width={cell.width} height={cell.height} />
      {predicted ? <rect className="said" x={-4} y={-4} width={cell.width + 8} height={cell.height + 8} /> : null}
      {density === 'chips' ? (
        <text className="ink number" data-cpu="" x={cell.width / 2} y={18} textAnchor="middle" />
      ) : (
        <>
          <text className="ink name" x={PAD} y={17}>
            {added ? '⊕ ' : ''}
            {cell.host}
          </text>
          <text className="ink number" data-cpu="" x={cell.width - PAD} y={17} textAnchor="end" />
        </>
      )}
      {density === 'cards' && measured ? (
        <>
          <rect className="track" x={bar.x} y={24} width={bar.width} height={6} />
          <rect className="bar" data-bar="" data-width={bar.width} x={bar.x} y={24} width={0} height={6} />
          <line className="limit-tick" x1={bar.x + AT_LIMIT * bar.width} x2={bar.x + AT_LIMIT * bar.width} y1={22} y2={32} />
          <text data-other="" x={PAD} y={47} />
        </>
      ) : null}
      {limit === null ? null : (
        <text className="tag" x={cell.width} y={-5} textAnchor="end">
          {limit}
        </text>
      )}
    </g>
  );
}

/** Writes what a host uses now into its cell. */
export function showReading(drawing: SVGSVGElement, host: string, reading: HostReading): void {
  const cell = drawing.querySelector<SVGGElement>(`[data-host="${CSS.escape(host)}"]`);
  if (cell === null) return;
  const down = reading.state === 'down';
  setText(cell, '[data-cpu]', down ? '✕ down' : reading.state === 'up' ? reading.cpuWords : reading.state);
  setText(cell, '[data-other]', down ? '' : reading.other);
  const bar = cell.querySelector<SVGRectElement>('[data-bar]');
  bar?.setAttribute('width', String(Math.min(1, down ? 0 : (reading.cpu ?? 0)) * Number(bar.dataset['width'])));
  cell.classList.toggle('down', down);
  cell.classList.toggle('starting', reading.state === 'starting');
  cell.classList.toggle('full', !down && (reading.cpu ?? 0) >= AT_LIMIT);
}

function setText(cell: SVGGElement, selector: string, text: string): void {
  const element = cell.querySelector(selector);
  if (element !== null && element.textContent !== text) element.textContent = text;
}

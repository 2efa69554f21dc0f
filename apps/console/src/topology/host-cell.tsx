import { useMemo, type ReactNode } from 'react';
import { cellClass, HOST_CLASSES, hostCell, hostShown, type Cell, type HostReading } from '@loadstair/report-view';

/** One host, drawn as report.html draws it. Values are written in by `showReading`. */
export function HostCell({
  cell,
  limit,
  added,
  predicted,
  measured,
}: {
  readonly cell: Cell;
  /** A verdict named it. */
  readonly limit: boolean;
  readonly added: boolean;
  /** Somebody said that it would run out. */
  readonly predicted: boolean;
  readonly measured: boolean;
}): ReactNode {
  const signs = { limit, added, predicted, measured };
  // The same object as long as nothing changes: React would else write the empty cell over what it shows.
  const content = useMemo(() => ({ __html: hostCell(cell, signs).text }), [cell, limit, added, predicted, measured]);
  return (
    <g
      className={cellClass(cell.density, signs)}
      data-host={cell.host}
      transform={`translate(${cell.x} ${cell.y})`}
      dangerouslySetInnerHTML={content}
    />
  );
}

/** Writes what a host uses now into its cell. */
export function showReading(drawing: SVGSVGElement, host: string, reading: HostReading): void {
  const cell = drawing.querySelector<SVGGElement>(`[data-host="${CSS.escape(host)}"]`);
  if (cell === null) return;
  const shown = hostShown(reading, cell.classList.contains('chip'));
  setText(cell, '[data-cpu]', shown.cpu);
  setText(cell, '[data-other]', shown.other);
  const bar = cell.querySelector<SVGRectElement>('[data-bar]');
  bar?.setAttribute('width', String(shown.bar * Number(bar.dataset['width'])));
  for (const name of HOST_CLASSES) cell.classList.toggle(name, shown.classes.includes(name));
}

function setText(cell: SVGGElement, selector: string, text: string): void {
  const element = cell.querySelector(selector);
  if (element !== null && element.textContent !== text) element.textContent = text;
}

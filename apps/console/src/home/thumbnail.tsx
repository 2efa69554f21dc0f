import { useMemo, type ReactNode } from 'react';
import { densityOf, layout } from '@loadstair/report-view/layout';
import type { Topology } from '@loadstair/topology';

/** The shapes of a topology's picture without its words, small: what is beside it says what they are. */
export function Thumbnail({ topology }: { readonly topology: Topology }): ReactNode {
  const picture = useMemo(() => layout(topology, densityOf(topology)), [topology]);
  return (
    <svg className="thumbnail" viewBox={`-4 -4 ${picture.width + 8} ${picture.height + 8}`} aria-hidden="true">
      {picture.wires.map((wire) => (
        <path key={`${wire.from} ${wire.to}`} className={wire.follows === true ? 'follows' : undefined} d={wire.path} />
      ))}
      <rect className="from" {...boxOf(picture.clients)} rx={20} />
      {picture.cells.map((cell) => (
        <rect key={cell.host} {...boxOf(cell)} />
      ))}
    </svg>
  );
}

function boxOf({ x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
} {
  return { x, y, width, height };
}

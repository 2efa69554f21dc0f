import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';

const STEP_PX = 20;

/** Between two columns: moved by a drag or by arrow keys. */
export function Divider({
  label,
  width,
  least,
  most,
  onWidth,
}: {
  readonly label: string;
  /** Of what lies left of it, px. */
  readonly width: number;
  readonly least: number;
  readonly most: number;
  readonly onWidth: (width: number) => void;
}): ReactNode {
  const [from, setFrom] = useState<{ readonly x: number; readonly width: number } | null>(null);
  const set = (next: number): void => onWidth(Math.min(most, Math.max(least, Math.round(next))));
  const press = (event: KeyboardEvent): void => {
    const next = { ArrowLeft: width - STEP_PX, ArrowRight: width + STEP_PX, Home: least, End: most }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    set(next);
  };
  const begin = (event: PointerEvent): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setFrom({ x: event.clientX, width });
  };
  return (
    <span
      className="divider"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={begin}
      onPointerMove={(event) => (from === null ? undefined : set(from.width + event.clientX - from.x))}
      onPointerUp={() => setFrom(null)}
      onPointerCancel={() => setFrom(null)}
    />
  );
}

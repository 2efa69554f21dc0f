import { html, type Html } from '../html.ts';
import type { Wire } from './layout.ts';

/** A line between tiers with its tip. The load of the first is written into `data-edge`, the lag of a replica into `data-lag`. */
export function wireMark(wire: Wire): Html {
  const { path, at, from } = wire;
  const follows = wire.follows === true;
  const label = follows
    ? html`<text data-lag="${from}" class="ink" x="${at[0] + 8}" y="${at[1] + 4}"></text>`
    : from === 'clients'
      ? html`<text data-edge="" class="ink" x="${at[0]}" y="${at[1]}" text-anchor="middle"></text>`
      : null;
  return html`<path class="wire${follows ? ' follows' : ''}" d="${path}" /><path
      class="tip"
      d="${follows ? `${upwards(path)}l-4 7h8z` : `M${tip(path)}l-7 -4v8z`}"
    />${label}`;
}

/** The last point of a path. */
function tip(path: string): string {
  const [, y, x] = /V([\d.-]+)H([\d.]+)$/.exec(path) ?? [];
  return `${x} ${y}`;
}

/** The upper end of a path that goes straight up. */
function upwards(path: string): string {
  return path.replace(/^M([\d.-]+) [\d.-]+V/, 'M$1 ');
}

import { rate } from '@loadstair/analysis';
import { longestDistance, type Tier, type Topology } from '@loadstair/topology';
import { html, type Html } from '../html.ts';
import { footLines } from '../topology/feet.ts';
import { barWidth, cellClass, hostCell } from '../topology/host-cell.ts';
import { hostReading, hostsByTier } from '../topology/host-reading.ts';
import { hostShown } from '../topology/host-shown.ts';
import { lagWords, worstLag } from '../topology/lag.ts';
import { densityOf, FOOT_LINE, FOOT_LINES, layout, type Cell, type Layout } from '../topology/layout.ts';
import type { SiteNow } from '../topology/site-now.ts';
import { wireMark } from '../topology/wire-mark.ts';

/** A picture whose readings are written in from second to second. */
export interface SitePicture {
  readonly drawing: Html;
  /** What it shows of a moment, in the order of the drawing. */
  show(state: SiteNow): ShownSite;
}

export interface ShownSite {
  readonly texts: readonly string[];
  /** Widths of bars, px. */
  readonly bars: readonly number[];
  /** Of each host, beside those of its cell. */
  readonly classes: readonly string[];
}

/** Of a picture whose text can be read still; where there is room for less, it scrolls. */
const SMALLEST_SCALE = 0.9;
/** Not named, not new, not predicted: a moment of a run that went on. */
const SIGNS = { limit: false, added: false, predicted: false, measured: true };

/**
 * The picture of a site with every host that it had at some moment; one that was not there at another is hidden then.
 *
 * @param states all moments that will be shown
 */
export function sitePicture(topology: Topology, states: readonly Pick<SiteNow, 'hosts'>[]): SitePicture {
  const hosts = everBy(topology, states);
  const picture = layout(topology, densityOf(topology), hosts);
  const first = picture.wires.find(({ from }) => from === 'clients');
  const inTier = ({ host, tier }: Cell, now: ReadonlyMap<string, readonly string[]>): boolean => now.get(tier)?.includes(host) === true;
  return {
    drawing: draw(topology, picture),
    show(state) {
      const now = hostsByTier(topology.tiers, state);
      const cells = picture.cells.map((cell) => ({
        cell,
        isThere: inTier(cell, now),
        shown: hostShown(hostReading(cell.host, state), cell.density === 'chips'),
      }));
      const wires = picture.wires.flatMap((wire) => {
        if (wire.follows === true) return [lagWords(worstLag(now.get(wire.from) ?? [], state))];
        if (wire.from !== 'clients') return [];
        return [wire === first && state.now !== null ? `${rate(state.now.achievedPerS)}/s` : ''];
      });
      const feet = picture.feet.flatMap(({ tier }) => {
        const chips = (now.get(tier) ?? []).map((host) => ({ host, reading: hostReading(host, state), named: false }));
        const lines = footLines(chips, FOOT_LINES);
        return Array.from({ length: FOOT_LINES }, (_, line) => lines[line] ?? '');
      });
      return {
        texts: [
          ...wires,
          ...cells.flatMap(({ cell, shown }) => (cell.density === 'cards' ? [shown.cpu, shown.other] : [shown.cpu])),
          ...feet,
        ],
        bars: cells.flatMap(({ cell, shown }) => (cell.density === 'chips' ? [] : [Number((shown.bar * barWidth(cell)).toFixed(1))])),
        classes: cells.map(({ shown, isThere }) => (isThere ? shown.classes.join(' ') : 'absent')),
      };
    },
  };
}

/** Hosts of each tier that were there at any moment. */
function everBy(topology: Topology, states: readonly Pick<SiteNow, 'hosts'>[]): ReadonlyMap<string, readonly string[]> {
  const ever = new Map<string, Set<string>>();
  // The same map as long as nothing happened to any host.
  for (const hosts of new Set(states.map((state) => state.hosts)))
    for (const [tier, names] of hostsByTier(topology.tiers, { hosts })) {
      const known = ever.get(tier) ?? new Set<string>();
      for (const host of names) known.add(host);
      ever.set(tier, known);
    }
  return new Map([...ever].map(([tier, names]) => [tier, [...names]]));
}

function headerWords(topology: Topology, tier: Tier): string {
  const distanceMs = longestDistance(topology, tier);
  return `${tier.name}${tier.count > 1 ? ` ×${tier.count}` : ''}${distanceMs > 0 ? ` · ${distanceMs} ms, emulated` : ''}`;
}

function draw(topology: Topology, { width, height, wires, clients, headers, cells, feet }: Layout): Html {
  const names = topology.tiers.map(({ name, count }) => `${name} ${count}`).join(', ');
  return html`<svg
    viewBox="-2 -2 ${width + 4} ${height + 4}"
    style="max-width:${width + 4}px;min-width:${Math.round(SMALLEST_SCALE * width)}px"
    role="img"
    aria-label="Topology of ${topology.slug}: ${names}"
  >
    ${wires.map((wire) => html`<g>${wireMark(wire)}</g>`)}
    <rect class="cell clients" x="${clients.x}" y="${clients.y}" width="${clients.width}" height="${clients.height}" />
    <text class="ink" x="${clients.x + clients.width / 2}" y="${clients.y + 25}" text-anchor="middle">clients</text>
    ${headers.map(({ tier, x, y }) => html`<text x="${x}" y="${y + 14}">${headerWords(topology, tier)}</text>`)}
    ${cells.map((cell) => html`<g class="${cellClass(cell.density, SIGNS)}" data-host="${cell.host}" transform="translate(${cell.x} ${cell.y})">${hostCell(cell, SIGNS)}</g>`)}
    ${feet.map(({ x, y }) => html`<text class="ink" x="${x}" y="${y}">${Array.from({ length: FOOT_LINES }, (_, line) => html`<tspan data-line="" x="${x}" y="${y + (line + 1) * FOOT_LINE}"></tspan>`)}</text>`)}
  </svg>`;
}

import { useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { rate } from '@loadstair/analysis';
import { longestDistance, type Topology } from '@loadstair/topology';
import { NOTHING_YET, type LiveState } from '../live/live-state.ts';
import { NEVER, type LiveStore } from '../live/live-store.ts';
import { useNarrow } from '../shell/use-narrow.ts';
import { hostReading, hostsByTier } from './host-reading.ts';
import { lagWords, worstLag } from './lag.ts';
import { footLines } from './feet.ts';
import { HostCell, showReading } from './host-cell.tsx';
import { densityOf, FOOT_LINE, FOOT_LINES, layout, type Foot } from './layout.ts';
import type { NamedHosts, Predicted } from './named-hosts.ts';
import { TierPicks, type TierPick } from './tier-picks.tsx';
import { TopologyTable } from './topology-table.tsx';

/** A wider picture gets a row of its own, so that its text keeps its size; px. */
const BESIDE_CHARTS = 700;
/** The picture grows with text; px of the usual size. */
const ROOT_PX = 16;
/** Of a picture whose text can be read still; where there is room for less, the table is in its place. */
const SMALLEST_SCALE = 0.9;

/**
 * Hosts in the order requests flow. Live values are written into the picture once a second; React draws it anew only when
 * hosts come or go.
 */
export function TopologyPicture({
  topology,
  store,
  named,
  added = [],
  predicted = null,
  pick = null,
}: {
  readonly topology: Topology;
  /** Null where nothing runs. */
  readonly store: LiveStore | null;
  readonly named: NamedHosts | null;
  /** Tiers and hosts that the stage before does not have. */
  readonly added?: readonly string[];
  readonly predicted?: Predicted | null;
  /** Where one of its tiers is asked for. */
  readonly pick?: TierPick | null;
}): ReactNode {
  const run = useHosts(store);
  const hosts = useMemo(() => hostsByTier(topology.tiers, run), [topology, run]);
  const picture = useMemo(() => layout(topology, densityOf(topology), hosts), [topology, hosts]);
  const noRoom = useNarrow((SMALLEST_SCALE * picture.width) / ROOT_PX);
  const svg = useRef<SVGSVGElement>(null);

  useEffect(() => {
    const drawing = svg.current;
    if (store === null || drawing === null) return;
    const show = (): void => {
      const state = store.get().run;
      for (const { host } of picture.cells) showReading(drawing, host, hostReading(host, state));
      const edge = drawing.querySelector('[data-edge]');
      for (const link of drawing.querySelectorAll('[data-lag]'))
        link.textContent = lagWords(worstLag(hosts.get(link.getAttribute('data-lag') ?? '') ?? [], state));
      for (const { tier } of picture.feet) {
        const told = (hosts.get(tier) ?? []).map((host) => ({
          host,
          reading: hostReading(host, state),
          named: limitTag(host, named) !== null,
        }));
        const lines = footLines(told, FOOT_LINES);
        for (const [index, line] of drawing.querySelectorAll(`[data-foot="${CSS.escape(tier)}"] tspan`).entries())
          line.textContent = lines[index] ?? '';
      }
      if (edge !== null) edge.textContent = state.now === null ? '' : `${rate(state.now.achievedPerS)}/s`;
    };
    show();
    return store.subscribe(show);
  }, [store, picture, hosts, named, noRoom]);

  return (
    <div className={picture.width > BESIDE_CHARTS ? 'topology wide' : 'topology'}>
      {noRoom ? null : (
        <svg
          ref={svg}
          viewBox={`-2 -2 ${picture.width + 4} ${picture.height + 4}`}
          style={{ maxWidth: `${(picture.width + 4) / ROOT_PX}rem` }}
          role={pick === null ? 'img' : 'radiogroup'}
          aria-label={
            pick === null
              ? `Topology of ${topology.slug}: ${topology.tiers.map((tier) => `${tier.name} ${tier.count}`).join(', ')}`
              : `${pick.ask} On the picture`
          }
        >
          {picture.wires.map((wire) => (
            <g key={`${wire.from} ${wire.to}`}>
              <path className={wire.follows === true ? 'wire follows' : 'wire'} d={wire.path} />
              <path className="tip" d={wire.follows === true ? `${upwards(wire.path)}l-4 7h8z` : `M${tip(wire.path)}l-7 -4v8z`} />
              {wire.from === 'clients' ? <text data-edge="" className="ink" x={wire.at[0]} y={wire.at[1]} textAnchor="middle" /> : null}
              {wire.follows === true ? <text data-lag={wire.from} className="ink" x={wire.at[0] + 8} y={wire.at[1] + 4} /> : null}
            </g>
          ))}
          <g>
            <rect
              className="cell clients"
              x={picture.clients.x}
              y={picture.clients.y}
              width={picture.clients.width}
              height={picture.clients.height}
            />
            <text className="ink" x={picture.clients.x + picture.clients.width / 2} y={picture.clients.y + 25} textAnchor="middle">
              clients
            </text>
          </g>
          {picture.headers.map(({ tier, x, y }) => (
            <text key={tier.name} x={x} y={y + 14}>
              {added.includes(tier.name) ? '⊕ ' : ''}
              {tier.name}
              {tier.count > 1 ? ` ×${tier.count}` : ''}
              {longestDistance(topology, tier) > 0 ? ` · ${longestDistance(topology, tier)} ms, emulated` : ''}
              {predicted?.tier === tier.name ? ` · ${predicted.says}` : ''}
            </text>
          ))}
          {picture.cells.map((cell) => (
            <HostCell
              key={cell.host}
              cell={cell}
              limit={limitTag(cell.host, named)}
              added={added.includes(cell.host)}
              predicted={predicted?.tier === cell.tier}
              measured={store !== null}
            />
          ))}
          {picture.feet.map((foot) => (
            <FootWords key={foot.tier} foot={foot} />
          ))}
          {pick === null ? null : <TierPicks picture={picture} pick={pick} />}
        </svg>
      )}
      <TopologyTable topology={topology} hosts={hosts} store={store} named={named} predicted={predicted} alone={noRoom} />
    </div>
  );
}

/** Empty until something is measured. */
function FootWords({ foot }: { readonly foot: Foot }): ReactNode {
  return (
    <text className="ink" data-foot={foot.tier} x={foot.x} y={foot.y}>
      {Array.from({ length: FOOT_LINES }, (_, line) => (
        <tspan key={line} x={foot.x} y={foot.y + (line + 1) * FOOT_LINE} />
      ))}
    </text>
  );
}

function limitTag(host: string, named: NamedHosts | null): string | null {
  return named?.hosts.includes(host) === true ? 'LIMIT' : null;
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

/** The run as far as its hosts go: changes only when one comes, goes or dies. */
function useHosts(store: LiveStore | null): Pick<LiveState, 'hosts'> {
  const hosts = useSyncExternalStore(store?.subscribe ?? NEVER, () => (store?.get().run ?? NOTHING_YET).hosts);
  return useMemo(() => ({ hosts }), [hosts]);
}

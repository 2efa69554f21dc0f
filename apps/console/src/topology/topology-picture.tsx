import { useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { rate } from '@loadstair/analysis';
import {
  densityOf,
  FOOT_LINE,
  FOOT_LINES,
  footLines,
  hostReading,
  hostsByTier,
  lagWords,
  layout,
  wireMark,
  worstLag,
  type Foot,
  type Wire,
} from '@loadstair/report-view';
import { longestDistance, type Topology } from '@loadstair/topology';
import { NOTHING_YET, type LiveState } from '@loadstair/runs/live-state';
import { NEVER, type LiveStore } from '../live/live-store.ts';
import { useNarrow } from '../shell/use-narrow.ts';
import { HostCell, showReading } from './host-cell.tsx';
import type { NamedHosts, Predicted } from './named-hosts.ts';
import { TierPicks, type TierPick } from './tier-picks.tsx';
import { TopologyTable } from './topology-table.tsx';

/** A wider picture gets a row of its own, so that its text keeps its size; px. */
const BESIDE_CHARTS = 700;
/** The picture grows with text; px of the usual size. */
const ROOT_PX = 16;
/** Of a picture whose text can be read still; where there is room for less, the table is in its place. */
const SMALLEST_SCALE = 0.9;
/** The same where another picture stands beside it. */
const SMALLEST_HALF_SCALE = 0.85;
/** As wide as a page gets, without its padding. */
const PAGE_PX = 1200;
/** Of that, for one of two pictures. */
const HALF_PX = PAGE_PX / 2 - 16;

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
  half = false,
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
  /** Whether another picture stands beside it. */
  readonly half?: boolean;
}): ReactNode {
  const run = useHosts(store);
  const hosts = useMemo(() => hostsByTier(topology.tiers, run), [topology, run]);
  const picture = useMemo(() => layout(topology, densityOf(topology), hosts), [topology, hosts]);
  const narrow = useNarrow((half ? 2 * SMALLEST_HALF_SCALE : SMALLEST_SCALE) * (picture.width / ROOT_PX));
  const noRoom = half ? narrow || SMALLEST_HALF_SCALE * picture.width > HALF_PX : narrow;
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
          named: isNamed(host, named),
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
            <WireMark key={`${wire.from} ${wire.to}`} wire={wire} />
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
              limit={isNamed(cell.host, named)}
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

/** The same markup as long as the wire is the same: React would else write it over the load that is shown. */
function WireMark({ wire }: { readonly wire: Wire }): ReactNode {
  const content = useMemo(() => ({ __html: wireMark(wire).text }), [wire]);
  return <g dangerouslySetInnerHTML={content} />;
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

function isNamed(host: string, named: NamedHosts | null): boolean {
  return named?.hosts.includes(host) === true;
}

/** The run as far as its hosts go: changes only when one comes, goes or dies. */
function useHosts(store: LiveStore | null): Pick<LiveState, 'hosts'> {
  const hosts = useSyncExternalStore(store?.subscribe ?? NEVER, () => (store?.get().run ?? NOTHING_YET).hosts);
  return useMemo(() => ({ hosts }), [hosts]);
}

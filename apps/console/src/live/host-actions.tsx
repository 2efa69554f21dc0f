import { useState, type ReactNode } from 'react';
import { hostsByTier } from '@loadstair/report-view';
import { placesOf, type Topology } from '@loadstair/topology';
import { useOperate } from '../lab/operate.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { Choice } from '../shell/choice.tsx';
import type { LiveState } from '@loadstair/runs/live-state';

/** What can be done to the site while load runs: hosts crashed, replaced, added and taken away. */
export function HostActions({ topology, run }: { readonly topology: Topology; readonly run: LiveState }): ReactNode {
  const operate = useOperate();
  const hosts = hostsByTier(topology.tiers, run);
  const names = [...hosts.values()].flat();
  const [host, setHost] = useState(names[0] ?? '');
  const [tier, setTier] = useState(topology.tiers[0]?.name ?? '');
  const places = placesOf(topology).map(({ name }) => name);
  const [place, setPlace] = useState(places[0] ?? '');
  const count = hosts.get(tier)?.length ?? 1;
  const scaleTo = (next: number): Promise<unknown> => operate('scale', { tier, count: next });
  return (
    <details className="as-table">
      <summary>Actions</summary>
      <p className="muted">
        A plain run in which a host dies or is replaced is refused (GAPS); adding and removing hosts is a planned change.
      </p>
      <div className="choices">
        <Choice label="Host" value={host} any={null} options={names} onChoose={setHost} />
        <ActionButton
          danger
          ask={`Crash the programs of ${host}? The host then refuses connections.`}
          onPress={() => operate('crash', { host })}
        >
          Crash…
        </ActionButton>
        <ActionButton
          danger
          ask={`Cut the power of ${host}? It then answers nothing and refuses nothing.`}
          onPress={() => operate('power-loss', { host })}
        >
          Cut the power…
        </ActionButton>
        <ActionButton onPress={() => operate('replace', { host })}>Replace</ActionButton>
      </div>
      <div className="choices">
        <Choice label="Tier" value={tier} any={null} options={topology.tiers.map(({ name }) => name)} onChoose={setTier} />
        <ActionButton onPress={() => scaleTo(count + 1)}>Add a host</ActionButton>
        <ActionButton disabled={count < 2} ask={`Drain and remove the newest host of ${tier}?`} onPress={() => scaleTo(count - 1)}>
          Remove a host…
        </ActionButton>
      </div>
      <div className="choices">
        <Choice label="Place" value={place} any={null} options={places} onChoose={setPlace} />
        <ActionButton ask={`Empty every cache and edge in ${place}?`} onPress={() => operate('clear', { place })}>
          Clear caches…
        </ActionButton>
        <ActionButton
          danger
          ask={`Cut the power of every host in ${place}? They then answer nothing and refuse nothing.`}
          onPress={() => operate('power-loss', { place })}
        >
          Cut its power…
        </ActionButton>
      </div>
    </details>
  );
}

import { useState, useSyncExternalStore, type ReactNode } from 'react';
import { hostReading, lagWords, worstLag } from '@loadstair/report-view';
import type { Topology } from '@loadstair/topology';
import { NOTHING_YET } from '@loadstair/runs/live-state';
import { NEVER, type LiveStore } from '../live/live-store.ts';
import type { NamedHosts, Predicted } from './named-hosts.ts';
import { Heads, left } from '../shell/heads.tsx';

const BAR = 64;

/** The picture as a table: folded beside the picture, in its place where there is no room for one. */
export function TopologyTable({
  topology,
  hosts,
  store,
  named,
  predicted,
  alone,
}: {
  readonly topology: Topology;
  readonly hosts: ReadonlyMap<string, readonly string[]>;
  readonly store: LiveStore | null;
  readonly named: NamedHosts | null;
  readonly predicted: Predicted | null;
  /** Whether there is no picture. */
  readonly alone: boolean;
}): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <details
      className="as-table"
      open={alone || open}
      onToggle={(event) => {
        // Where it is alone it is open because there is no picture, not because somebody wished it.
        if (!alone) setOpen(event.currentTarget.open);
      }}
    >
      <summary hidden={alone}>View as table</summary>
      {alone || open ? (
        <div className="scroll" tabIndex={0}>
          <Rows topology={topology} hosts={hosts} store={store} named={named} predicted={predicted} />
        </div>
      ) : null}
    </details>
  );
}

function Rows({
  topology,
  hosts,
  store,
  named,
  predicted,
}: {
  readonly topology: Topology;
  readonly hosts: ReadonlyMap<string, readonly string[]>;
  readonly store: LiveStore | null;
  readonly named: NamedHosts | null;
  readonly predicted: Predicted | null;
}): ReactNode {
  const run = useSyncExternalStore(store?.subscribe ?? NEVER, () => store?.get().run ?? NOTHING_YET);
  return (
    <table>
      <Heads columns={['host', ...(store === null ? [left('programs'), 'lab CPUs', 'memory, MiB'] : ['CPU', 'other limit', 'state'])]} />
      <tbody>
        {topology.tiers.flatMap((tier) =>
          (hosts.get(tier.name) ?? []).map((host) => {
            const reading = hostReading(host, run);
            const lag = lagWords(worstLag([host], run));
            return (
              <tr key={host} className={named?.hosts.includes(host) === true ? 'named' : ''}>
                <th scope="row">
                  {named?.hosts.includes(host) === true ? '▲ ' : ''}
                  {host}
                  {predicted?.tier === tier.name ? ` · ${predicted.says}` : ''}
                </th>
                {store === null ? (
                  <>
                    <td className="left">{tier.components.join(' + ')}</td>
                    <td>{tier.cpu}</td>
                    <td>{tier.memoryMiB}</td>
                  </>
                ) : (
                  <>
                    <td>
                      <span className="inline-bar" style={{ width: Math.min(1, reading.cpu ?? 0) * BAR }} /> {reading.cpuWords || '–'}
                    </td>
                    <td>{reading.other || '–'}</td>
                    <td>{lag === '' ? reading.state : `${reading.state}, ${lag}`}</td>
                  </>
                )}
              </tr>
            );
          }),
        )}
      </tbody>
    </table>
  );
}

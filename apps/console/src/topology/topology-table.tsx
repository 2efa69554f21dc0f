import { useEffect, useState, type ReactNode } from 'react';
import type { Topology } from '@loadstair/topology';
import { NOTHING_YET, type LiveState } from '../live/live-state.ts';
import type { LiveStore } from '../live/live-store.ts';
import { useNarrow } from '../shell/use-narrow.ts';
import { hostReading } from './host-reading.ts';
import { lagWords, worstLag } from './lag.ts';
import type { NamedHosts, Predicted } from './topology-picture.tsx';
import { Heads, left } from '../shell/heads.tsx';

const BAR = 64;

/** The picture as a table: folded beside the picture, in its place on a phone. */
export function TopologyTable({
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
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  return (
    <details
      className="as-table"
      open={narrow || open}
      onToggle={(event) => {
        // On a phone it is open because there is no picture, not because somebody wished it.
        if (!narrow) setOpen(event.currentTarget.open);
      }}
    >
      <summary>View as table</summary>
      {narrow || open ? (
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
  const [run, setRun] = useState<LiveState>(() => store?.get().run ?? NOTHING_YET);
  useEffect(() => store?.subscribe(() => setRun(store.get().run)), [store]);
  return (
    <table>
      <Heads columns={['host', ...(store === null ? [left('runs'), 'lab CPUs', 'MiB'] : ['CPU', 'other limit', 'state'])]} />
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

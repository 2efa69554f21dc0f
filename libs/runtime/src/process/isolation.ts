import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PORTS, publicAddressFrom, regionsOf, type Placement } from '@loadstair/topology';

const run = promisify(execFile);

/** Whether clients are kept out of private hosts. */
export type Isolation = { readonly state: 'on' } | { readonly state: 'off'; readonly reason: string };

const tableName = (instance: number): string => `loadstair_${instance}`;

/** Every address at which clients of some region reach a public host. */
function publicDoors(placement: Placement): string[] {
  const doors = regionsOf(placement.topology).flatMap((region) =>
    placement.hosts.flatMap((host) => publicAddressFrom(placement, host, region) ?? []),
  );
  return [...new Set([...placement.hosts.flatMap((host) => host.publicAddress ?? []), ...doors])];
}

/**
 * Refuses connections from client addresses to anything of the instance but public addresses, the lab's DNS and the
 * receiver of k6's metrics. Rules live in a table of our own, so that nobody else's are touched.
 */
export async function isolateClients(nft: string | undefined, placement: Placement): Promise<Isolation> {
  if (nft === undefined) return { state: 'off', reason: 'nft was not found' };
  const publicAddresses = publicDoors(placement);
  const clients = `${placement.clientPrefix}.0/24`;
  const rules = `table ip ${tableName(placement.instance)} {
  chain output {
    type filter hook output priority 0; policy accept;
    ip saddr ${clients} ip daddr { ${publicAddresses.join(', ')} } tcp dport ${PORTS.http} accept
    ip saddr ${clients} ip daddr ${placement.labAddress} udp dport ${PORTS.dns} accept
    ip saddr ${clients} ip daddr 127.${placement.instance}.0.0/16 ip daddr != ${clients} meta l4proto tcp reject with tcp reset
    ip saddr ${clients} ip daddr 127.${placement.instance}.0.0/16 ip daddr != ${clients} reject
  }
}
`;
  try {
    await removeIsolation(nft, placement.instance);
    const child = run(nft, ['-f', '-']);
    child.child.stdin?.end(rules);
    await child;
    return { state: 'on' };
  } catch (error) {
    return { state: 'off', reason: ((error as { stderr?: string }).stderr ?? String(error)).trim().split('\n')[0] ?? 'nft failed' };
  }
}

/** Idempotent. */
export async function removeIsolation(nft: string | undefined, instance: number): Promise<void> {
  if (nft === undefined) return;
  await run(nft, ['delete', 'table', 'ip', tableName(instance)]).catch(() => {
    // There was no such table.
  });
}

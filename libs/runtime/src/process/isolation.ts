import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PORTS, publicAddressFrom, regionsOf, type Placement } from '@loadstair/topology';
import type { UserIds } from './identity.ts';

const run = promisify(execFile);

/** Whether strangers are kept out, and clients out of private hosts. */
export type Isolation = { readonly state: 'on' } | { readonly state: 'off'; readonly reason: string };

/** Number of the last host that an instance can have. */
const LAST_HOST = 255;

const tableName = (instance: number): string => `loadstair_${instance}`;

/** Every address at which clients of some region reach a public host. */
function publicDoors(placement: Placement): string[] {
  const doors = regionsOf(placement.topology).flatMap((region) =>
    placement.hosts.flatMap((host) => publicAddressFrom(placement, host, region) ?? []),
  );
  return [...new Set([...placement.hosts.flatMap((host) => host.publicAddress ?? []), ...doors])];
}

/**
 * The rules of one instance, in a table of its own. All of it is addresses of loopback, which every user of the machine reaches, so who
 * sends decides: the lab (root), its programs (a range of user ids nobody else has), clients, or a stranger.
 *
 * Most packets go to a door or from host to host: they come first, because every rule costs who sends CPU time.
 *
 * A packet that no socket sends has no user and passes: resets, and what the kernel answers for a socket that is gone.
 */
export function isolationRules(placement: Placement, ids: UserIds): string {
  const instance = `127.${placement.instance}.0.0/16`;
  const clients = `${placement.clientPrefix}.0/24`;
  const lab = placement.labAddress;
  const k6 = ids.part('clients');
  const doors = publicDoors(placement).join(', ');
  const refused = (whom: string): string => `    ${whom} meta l4proto tcp reject with tcp reset
    ${whom} reject
`;
  return `table ip ${tableName(placement.instance)} {
  chain output {
    type filter hook output priority 0; policy accept;
    ip daddr != ${instance} accept
    ip daddr { ${doors} } tcp dport ${PORTS.http} accept
    meta skuid ${ids.first}-${ids.host(LAST_HOST)} ip daddr != ${lab} accept
    ip daddr ${clients} meta skuid { 0, ${ids.first}-${ids.last} } accept
    ip saddr ${clients} ip daddr ${lab} udp dport ${PORTS.dns} accept
${refused(`ip saddr ${clients}`)}    meta skuid ${k6} ip daddr ${lab} udp dport ${PORTS.dns} accept
    meta skuid ${k6} ip daddr ${lab} tcp dport ${PORTS.prometheus} accept
${refused(`meta skuid ${k6}`)}    meta skuid != 0 ip daddr ${lab} tcp dport ${PORTS.distance} reject with tcp reset
${refused(`meta skuid != { 0, ${ids.first}-${ids.last} }`)}  }
}
`;
}

/** Puts the rules in place; whatever stood there before goes. */
export async function isolate(nft: string | undefined, placement: Placement, ids: UserIds | null): Promise<Isolation> {
  if (nft === undefined) return { state: 'off', reason: 'nft was not found' };
  if (ids === null) return { state: 'off', reason: 'the lab does not run as root' };
  try {
    await removeIsolation(nft, placement.instance);
    const child = run(nft, ['-f', '-']);
    child.child.stdin?.end(isolationRules(placement, ids));
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

/** Whether rules of an instance are in place. */
export async function isIsolated(nft: string | undefined, instance: number): Promise<boolean> {
  if (nft === undefined) return false;
  return run(nft, ['list', 'table', 'ip', tableName(instance)]).then(
    () => true,
    () => false,
  );
}

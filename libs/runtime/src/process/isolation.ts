import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MAX_NUMBER, PORTS, publicAddressFrom, userPlaces, type Placement } from '@loadstair/topology';
import type { UserIds } from './identity.ts';
import { applyRules } from './nft.ts';

const run = promisify(execFile);

/** Whether strangers are kept out, and clients out of private hosts. */
export type Isolation = { readonly state: 'on' } | { readonly state: 'off'; readonly reason: string };

/** All rules of an instance stand in it; whoever removes it leaves none behind. */
export function tableName(instance: number): string {
  return `loadstair_${instance}`;
}

/** Every address at which clients of some place reach a public host. */
function publicDoors(placement: Placement): string[] {
  const doors = userPlaces(placement.topology).flatMap((place) =>
    placement.hosts.flatMap((host) => publicAddressFrom(placement, place, host) ?? []),
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
  const { addresses } = placement;
  const clients = anyOf(addresses.clientNetworks);
  const lab = placement.labAddress;
  const k6 = ids.part('clients');
  const doors = publicDoors(placement);
  const open = doors.length === 0 ? '' : `    ip daddr { ${doors.join(', ')} } tcp dport ${PORTS.http} accept\n`;
  const refused = (whom: string): string => `    ${whom} meta l4proto tcp reject with tcp reset
    ${whom} reject
`;
  return `table ip ${tableName(placement.instance)} {
  chain output {
    type filter hook output priority 0; policy accept;
    ip daddr != ${addresses.network} accept
${open}    meta skuid ${ids.first}-${ids.host(MAX_NUMBER)} ip daddr != ${lab} accept
    ip daddr ${clients} meta skuid { 0, ${ids.first}-${ids.last} } accept
    ip saddr ${clients} ip daddr ${lab} udp dport ${PORTS.dns} accept
${refused(`ip saddr ${clients}`)}    meta skuid ${k6} ip daddr ${lab} udp dport ${PORTS.dns} accept
    meta skuid ${k6} ip daddr ${lab} tcp dport ${PORTS.prometheus} accept
${refused(`meta skuid ${k6}`)}    meta skuid != 0 ip daddr ${lab} tcp dport ${PORTS.distance} reject with tcp reset
${refused(`meta skuid != { 0, ${ids.first}-${ids.last} }`)}  }
}
`;
}

/** One value as it is; several as a set, which costs who sends a look-up. */
function anyOf(values: readonly string[]): string {
  return values.length === 1 ? (values[0] as string) : `{ ${values.join(', ')} }`;
}

/** Keeps the rules of one instance as its hosts come and go. */
export class IsolationRules {
  readonly #nft: string | undefined;
  readonly #ids: UserIds | null;
  #inForce: string | null = null;

  constructor(nft: string | undefined, ids: UserIds | null) {
    this.#nft = nft;
    this.#ids = ids;
  }

  /** Puts the rules in place; whatever stood there before goes. */
  async start(placement: Placement): Promise<Isolation> {
    if (this.#nft === undefined) return { state: 'off', reason: 'nft was not found' };
    if (this.#ids === null) return { state: 'off', reason: 'the lab does not run as root' };
    try {
      const table = `table ip ${tableName(placement.instance)}`;
      await this.#put(this.#nft, `${table}\ndelete ${table}\n`, isolationRules(placement, this.#ids));
      return { state: 'on' };
    } catch (error) {
      return { state: 'off', reason: ((error as { stderr?: string }).stderr ?? String(error)).trim().split('\n')[0] ?? 'nft failed' };
    }
  }

  /** The same for the hosts there are now; nothing where no rules are in force. Rejects when nft refuses them: the old ones stay. */
  async follow(placement: Placement): Promise<void> {
    if (this.#nft === undefined || this.#ids === null || this.#inForce === null) return;
    const rules = isolationRules(placement, this.#ids);
    // The table stays: rules of hosts that are silent stand in it too.
    if (rules !== this.#inForce) await this.#put(this.#nft, `flush chain ip ${tableName(placement.instance)} output\n`, rules);
  }

  /** In one transaction: there is no moment without rules. */
  async #put(nft: string, first: string, rules: string): Promise<void> {
    await applyRules(nft, `${first}${rules}`);
    this.#inForce = rules;
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

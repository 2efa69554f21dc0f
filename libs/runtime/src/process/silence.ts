import { placesOf, type PlacedHost, type Placement } from '@loadstair/topology';
import type { Cgroups } from '../budgets/cgroups.ts';
import { groups } from './groups.ts';
import { tableName } from './isolation.ts';
import { applyRules } from './nft.ts';
import { rulesKnowGroups, sentFrom } from './silence-proof.ts';

/** Before the rules of isolation.ts, which tell some senders that they are refused. */
const PRIORITY = -10;
/** Connections that one host had to others; HAProxy has 4,000 at most. */
const MOST_CONNECTIONS = 65_535;

/**
 * Rules under which a host is silent: what it sends vanishes as it is sent, what is sent to it as it arrives.
 *
 * Its addresses are not enough: its connections to others come from 127.0.0.1. A socket knows the control group it was made in for as
 * long as it lives, beyond the end of its program; the user id it forgets, so FIN and RST of a killed program would get out. What
 * such a socket sends is noted, because what comes for a socket that is gone the kernel answers by an RST of nobody's.
 *
 * @param group of the host, a path from the root of the unified tree
 */
export function silenceRules(placement: Placement, host: PlacedHost, group: string, tree: string): string {
  const { addresses, instance, topology } = placement;
  const its = [
    host.address,
    ...(host.publicAddress === null ? [] : [host.publicAddress]),
    ...placesOf(topology).map(({ name }) => addresses.way(name, host.number)),
  ].join(', ');
  const known = setName(host);
  const socket = sentFrom(group, tree);
  const from = 'ip saddr . tcp sport . ip daddr . tcp dport';
  const to = 'ip daddr . tcp dport . ip saddr . tcp sport';
  return `table ip ${tableName(instance)} {
  set ${known} {
    type ipv4_addr . inet_service . ipv4_addr . inet_service
    size ${MOST_CONNECTIONS}
    flags dynamic
  }
  chain ${chainName(host, 'output')} {
    type filter hook output priority ${PRIORITY}; policy accept;
    ip saddr { ${its} } counter drop
    ${socket} add @${known} { ${from} }
    ${socket} counter drop
    ${from} @${known} counter drop
  }
  chain ${chainName(host, 'input')} {
    type filter hook input priority ${PRIORITY}; policy accept;
    ip daddr { ${its} } counter drop
    ${to} @${known} counter drop
    ${socket} counter drop
  }
}
`;
}

function setName({ number }: PlacedHost): string {
  return `silent_${number}`;
}

function chainName({ number }: PlacedHost, hook: 'output' | 'input'): string {
  return `silent_${number}_${hook}`;
}

/** Makes hosts of one instance fall silent, and ends that. The rules stand in the instance's own table and go with it. */
export class Silence {
  readonly #nft: string | undefined;
  readonly #cgroups: Cgroups | null;
  readonly #tableStands: () => boolean;
  #proved = false;
  /** Numbers of hosts that are silent now. */
  readonly #silent = new Set<number>();

  /** @param tableStands whether the instance has its table of rules */
  constructor(nft: string | undefined, cgroups: Cgroups | null, tableStands: () => boolean) {
    this.#nft = nft;
    this.#cgroups = cgroups;
    this.#tableStands = tableStands;
  }

  /** Whether hosts can be made silent here; known once it was tried. */
  get possible(): boolean {
    return this.#proved;
  }

  /** Tries it on one packet of nobody's; never rejects. */
  async tryOut(placement: Placement): Promise<void> {
    const [nft, cgroups] = [this.#nft, this.#cgroups];
    this.#proved = nft !== undefined && cgroups !== null && this.#tableStands() && (await rulesKnowGroups(nft, cgroups, placement));
  }

  /** When this resolves no packet leaves or reaches the host. Its control group must be there. Idempotent. */
  async begin(placement: Placement, host: PlacedHost): Promise<void> {
    if (this.#silent.has(host.number)) return;
    const group = groups.host(placement.instance, host.name);
    const tree = this.#cgroups?.unifiedPath(group) ?? null;
    if (!this.possible || tree === null) throw new Error(`${host.name} cannot be made silent on this machine.`);
    await applyRules(this.#nft ?? 'nft', silenceRules(placement, host, group, tree));
    this.#silent.add(host.number);
  }

  /** The host is heard again. Idempotent. */
  async end({ instance }: Placement, host: PlacedHost): Promise<void> {
    if (!this.#silent.delete(host.number)) return;
    const table = `ip ${tableName(instance)}`;
    const chains = (['output', 'input'] as const).map((hook) => `delete chain ${table} ${chainName(host, hook)}\n`);
    await applyRules(this.#nft ?? 'nft', `${chains.join('')}delete set ${table} ${setName(host)}\n`);
  }
}

import { availableParallelism } from 'node:os';
import type { PlacedHost, Topology } from '@loadstair/topology';

/** Share of the machine the hosts may use together; the rest is for load, observer and system (design §4). */
const MAX_SHARE_OF_MACHINE = 0.75;

/** More budget than the machine has room for. */
export class OverCommitted extends Error {
  readonly what = 'This topology is too big for this machine.';
  readonly why: string;
  readonly do = 'use fewer or smaller hosts';
  readonly code = 'E_OVER_COMMITTED';
  readonly exit = 2;
  constructor(wanted: number, allowed: number) {
    super(`The hosts could use ${wanted.toFixed(2)} cores together; ${allowed.toFixed(2)} are allowed here.`);
    this.name = 'OverCommitted';
    this.why = this.message;
  }
}

/** A tier whose number of hosts cannot change while it runs. */
export class CannotScale extends Error {
  readonly what: string;
  readonly why: string;
  readonly do: string;
  readonly code = 'E_CANNOT_SCALE';
  readonly exit = 2;
  constructor(tier: string, topology: Topology) {
    const names = topology.tiers.map((one) => one.name);
    super(`Tier ${tier} cannot be changed while stage ${topology.stage} runs.`);
    this.name = 'CannotScale';
    this.what = this.message;
    this.why = names.includes(tier) ? 'nothing spreads work over its hosts' : `tiers are ${names.join(', ')}`;
    this.do = `./lab run ${topology.stage} --set ${names.includes(tier) ? tier : (names[0] ?? 'web')}.count=2`;
  }
}

/** Throws OverCommitted when these hosts could use more than their share of the machine. */
export function checkRoom(hosts: readonly PlacedHost[], coresPerLabCpu: number): void {
  const wanted = hosts.reduce((sum, host) => sum + host.tierSpec.cpu * coresPerLabCpu, 0);
  const allowed = MAX_SHARE_OF_MACHINE * availableParallelism();
  if (wanted > allowed) throw new OverCommitted(wanted, allowed);
}

import { availableParallelism } from 'node:os';
import { declarations } from '@loadstair/components/declarations';
import { Problem } from '@loadstair/kit';
import { tooManyOf, type PlacedHost, type TooMany, type Topology } from '@loadstair/topology';
import { checkFiles } from './open-files.ts';

/** Share of the machine the hosts may use together; the rest is for load, observer and system (design §4). */
const MAX_SHARE_OF_MACHINE = 0.75;

/** More budget than the machine has room for. */
export class OverCommitted extends Problem {
  constructor(wanted: number, allowed: number) {
    super({
      what: 'This topology is too big for this machine.',
      why: `The hosts could use ${wanted.toFixed(2)} cores together; this machine allows ${allowed.toFixed(2)}.`,
      do: 'use fewer or smaller hosts',
      code: 'E_OVER_COMMITTED',
      exit: 2,
    });
  }
}

/** Hosts that one of their components allows not so many of together. */
export class TooManyTogether extends Problem {
  constructor({ code, what, why, advice, set }: TooMany) {
    super({ what, why, do: `${advice}: --set ${set}`, code, exit: 2 });
  }
}

/** A tier whose number of hosts cannot change while it runs. */
export class CannotScale extends Problem {
  constructor(tier: string, topology: Topology) {
    const names = topology.tiers.map((one) => one.name);
    const [first = tier] = names;
    super({
      what: `Tier ${tier} cannot be changed while stage ${topology.stage} runs.`,
      why: names.includes(tier) ? 'no balancer or client spreads work over its hosts' : `tiers are ${names.join(', ')}`,
      do: `./lab run ${topology.stage} --set ${names.includes(tier) ? tier : first}.count=2`,
      code: 'E_CANNOT_SCALE',
      exit: 2,
    });
  }
}

/**
 * Whether these hosts can run together here. It holds at the start and for each host that is added.
 *
 * @throws OverCommitted when they could use more than their share of the machine
 * @throws TooManyTogether when one of their components allows not so many
 * @throws TooFewFiles when one of them needs more open files than are allowed
 */
export function checkRoom(hosts: readonly PlacedHost[], coresPerLabCpu: number): void {
  const wanted = hosts.reduce((sum, host) => sum + host.tierSpec.cpu * coresPerLabCpu, 0);
  const allowed = MAX_SHARE_OF_MACHINE * availableParallelism();
  if (wanted > allowed) throw new OverCommitted(wanted, allowed);
  const tooMany = tooManyOf(
    hosts.map(({ tierSpec }) => ({ tier: tierSpec, count: 1 })),
    declarations,
  );
  if (tooMany !== null) throw new TooManyTogether(tooMany);
  checkFiles(hosts);
}

import { Problem } from '@loadstair/kit';
import type { Missing } from './capability.ts';

/** A site has not what an action needs. */
export class MissingCapability extends Problem {
  readonly status = 409;
  constructor({ what, why, do: helps = './lab stages', code }: Missing) {
    super({ what, why, do: helps, code, exit: 2 });
  }
}

const UNKNOWN = { host: 'E_UNKNOWN_HOST', tier: 'E_UNKNOWN_TIER', group: 'E_UNKNOWN_GROUP', place: 'E_UNKNOWN_PLACE' } as const;

/** An action names a host, a tier, a group of databases or a place that the site does not have. */
export class UnknownSubject extends Problem {
  readonly status = 404;
  constructor(kind: keyof typeof UNKNOWN, name: string, known: readonly string[]) {
    super({
      what: `Unknown ${kind} ${name}.`,
      why: `${kind}s are ${known.join(', ')}`,
      do: './lab status',
      code: UNKNOWN[kind],
      exit: 2,
    });
  }
}

/** No host of a tier or a place is in the state that an action needs. */
export class NoSuchHost extends Problem {
  /** @param where `tier web` or `place east` */
  constructor(where: string, state: string, hosts: readonly { readonly name: string; readonly state: string }[]) {
    super({
      what: `No host of ${where} is ${state}.`,
      why: hosts.map((host) => `${host.name} ${host.state}`).join(', '),
      do: './lab status',
      code: 'E_NO_SUCH_HOST',
      exit: 1,
    });
  }
}

/** The lab does not do it, in its own words: an action that throws this was refused, and has not failed. */
export class Refused extends Error {
  readonly what: string;
  readonly why: string;
  constructor({ what, why }: { readonly what: string; readonly why: string }) {
    super(`${what} ${why}`);
    this.name = 'Refused';
    this.what = what;
    this.why = why;
  }
}

import type { Missing } from './capability.ts';

/** A site has not what an action needs. */
export class MissingCapability extends Error {
  readonly status = 409;
  readonly what: string;
  readonly why: string;
  readonly do = './lab stages';
  readonly code: string;
  readonly exit = 2;
  constructor({ what, why, code }: Missing) {
    super(`${what} ${why}`);
    this.name = 'MissingCapability';
    this.what = what;
    this.why = why;
    this.code = code;
  }
}

/** An action names a host, a tier or a group of databases that the site does not have. */
export class UnknownSubject extends Error {
  readonly status = 404;
  readonly what: string;
  readonly why: string;
  readonly do = './lab status';
  readonly code: string;
  readonly exit = 2;
  constructor(kind: 'host' | 'tier' | 'group', name: string, known: readonly string[]) {
    super(`Unknown ${kind} ${name}.`);
    this.name = 'UnknownSubject';
    this.what = `Unknown ${kind} ${name}.`;
    this.why = `${kind}s are ${known.join(', ')}`;
    this.code = `E_UNKNOWN_${kind.toUpperCase()}`;
  }
}

/** No host of a tier is in the state that an action needs. */
export class NoSuchHost extends Error {
  readonly what: string;
  readonly why: string;
  readonly do = './lab status';
  readonly code = 'E_NO_SUCH_HOST';
  readonly exit = 1;
  constructor(tier: string, state: string, hosts: readonly { readonly name: string; readonly state: string }[]) {
    super(`No host of tier ${tier} is ${state}.`);
    this.name = 'NoSuchHost';
    this.what = `No host of tier ${tier} is ${state}.`;
    this.why = hosts.map((host) => `${host.name} ${host.state}`).join(', ');
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

/**
 * What an action needs of a running site beyond its hosts: followers of a database, edges, the load generator's promises. The
 * driver and the components give what they have; a site without it refuses the action with the words below.
 */
export interface Capability<Offer> {
  readonly name: string;
  readonly missing: Missing;
  /** Never set: it carries the type of what is offered. */
  readonly offers?: Offer;
}

export interface Missing {
  /** What is not there: `There are no edges here.` */
  readonly what: string;
  readonly why: string;
  /** The command that helps; without it, `./lab stages` shows which site has it. */
  readonly do?: string;
  readonly code: string;
}

export function capability<Offer>(name: string, missing: Missing): Capability<Offer> {
  return { name, missing };
}

/** What somebody gives: a capability with the object that has it. */
export type Offered = readonly [capability: Capability<unknown>, offer: unknown];

export function offer<Offer>(wanted: Capability<Offer>, given: Offer): Offered {
  return [wanted, given];
}

/** Looks a capability up among what is offered; the first one counts. Null where nobody offers it. */
export function offeredIn<Offer>(offers: Iterable<Offered>, wanted: Capability<Offer>): Offer | null {
  for (const [name, given] of offers) if (name === wanted) return given as Offer;
  return null;
}

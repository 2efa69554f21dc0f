/** Resources a verdict named, and the hosts they are on. */
export interface NamedHosts {
  readonly hosts: readonly string[];
}

/** A tier that somebody said would run out. */
export interface Predicted {
  readonly tier: string;
  /** Stands beside the tier’s name. */
  readonly says: string;
}

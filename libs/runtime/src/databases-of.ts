import type { Databases, RunningSite } from './driver.ts';

/** Nothing follows a database in this stage. */
export class NoReplicas extends Error {
  readonly what: string;
  readonly why = 'there is one database, and nothing that could take its place';
  readonly do = './lab up 4';
  readonly code = 'E_NO_REPLICAS';
  readonly exit = 2;
  readonly status = 409;
  constructor(stage: number) {
    super(`Stage ${stage} has no replicas.`);
    this.name = 'NoReplicas';
    this.what = this.message;
  }
}

/** There are several groups of databases, or none of that name. */
export class WhichGroup extends Error {
  readonly what: string;
  readonly why: string;
  readonly do = 'name the group';
  readonly code = 'E_GROUP';
  readonly exit = 2;
  readonly status = 404;
  constructor(asked: string | null, groups: readonly string[]) {
    super(asked === null ? 'There are several groups of databases.' : `No group of databases is called ${asked}.`);
    this.name = 'WhichGroup';
    this.what = this.message;
    this.why = `groups are ${groups.join(', ')}`;
  }
}

/**
 * The databases of a group of a site; without a name, of the only group there is. Throws NoReplicas, or WhichGroup where the name
 * is wrong or missing.
 */
export function databasesOf(
  { databases, placement }: Pick<RunningSite, 'databases' | 'placement'>,
  group: string | null = null,
): Databases {
  const names = [...databases.keys()];
  const [only, ...others] = names;
  if (only === undefined) throw new NoReplicas(placement.topology.stage);
  const found = group === null && others.length > 0 ? undefined : databases.get(group ?? only);
  if (found === undefined) throw new WhichGroup(group, names);
  return found;
}

import { Problem } from '@loadstair/kit';
import type { Databases } from './capabilities.ts';
import { UnknownSubject } from './problems.ts';

/** There are several groups of databases, and none was named. */
export class WhichGroup extends Problem {
  readonly status = 404;
  constructor(groups: readonly string[]) {
    super({
      what: 'This site has several groups of databases.',
      why: `groups are ${groups.join(', ')}`,
      do: 'name the group',
      code: 'E_GROUP',
      exit: 2,
    });
  }
}

/** The databases of a group; without a name, of the only group there is. Throws UnknownSubject, or WhichGroup. */
export function databasesOf(groups: ReadonlyMap<string, Databases>, group: string | null = null): Databases {
  const names = [...groups.keys()];
  if (group === null && names.length > 1) throw new WhichGroup(names);
  const found = groups.get(group ?? names[0] ?? '');
  if (found === undefined) throw new UnknownSubject('group', group ?? '', names);
  return found;
}

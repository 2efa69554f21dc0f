import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PORTS, primaryOf, replicasOf, replicaTier, type PlacedHost, type Placement } from '@loadstair/topology';

/** What the site is told of its databases; it reads the file again when it changes. */
export interface DatabaseMembers {
  readonly primary: DatabaseMember;
  readonly replicas: readonly DatabaseMember[];
}

export interface DatabaseMember {
  readonly name: string;
  readonly url: string;
}

/** In a folder of its own, which the site watches: beside it other files change all the time. */
export function membersFile(host: PlacedHost): string {
  return join(host.folder, 'databases', 'members.json');
}

export function databaseUrl(database: PlacedHost, client: PlacedHost): string {
  return `postgres://loadstair@${database.name === client.name ? client.address : database.reachedAt}:${PORTS.postgres}/photos`;
}

export function membersOf(host: PlacedHost, placement: Placement): DatabaseMembers {
  const member = (database: PlacedHost): DatabaseMember => ({ name: database.name, url: databaseUrl(database, host) });
  return { primary: member(primaryOf(placement)), replicas: replicasOf(placement).map(member) };
}

/** Whole or not at all: the site must not read half a file. */
export async function writeMembers(host: PlacedHost, placement: Placement): Promise<void> {
  if (replicaTier(placement.topology) === null) return;
  const file = membersFile(host);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(membersOf(host, placement)));
  await rename(`${file}.new`, file);
}

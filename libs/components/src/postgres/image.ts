import { createHash } from 'node:crypto';
import type { HostContext, InImage, PlannedJob } from '../component.ts';
import { NODE_IMAGE } from '../node-program/node-program.ts';
import { databaseName } from './client.ts';
import { dataFolder } from './config.ts';
import { isFollowing } from './replication.ts';
import { admitUsers, LAB_USER, siteRights, SITE_USER } from './users.ts';

export const IMAGE = 'postgres:17';
/** Where the image's own set-up looks for the server. */
const SOCKETS = '/var/run/postgresql';
/** The image's own account and its id: over the socket, the server lets in whom the kernel says it is. */
export const IMAGE_ACCOUNT = 'postgres';
const IMAGE_USER = '999';

/** An official image cannot be told to copy another server's data. */
export class ReplicaNotInImage extends Error {
  readonly host: string;

  constructor(host: string) {
    super(`${host} is a replica: the official image of PostgreSQL makes an empty database, and copies none.`);
    this.name = 'ReplicaNotInImage';
    this.host = host;
  }
}

/**
 * The image makes an empty database; a job fills it, and another lets its users in.
 *
 * @throws ReplicaNotInImage
 */
export function inImage(context: HostContext): Partial<InImage> {
  if (isFollowing(context)) throw new ReplicaNotInImage(context.host.name);
  const { host, content, secrets } = context;
  const name = databaseName(content);
  return {
    // The network lets nobody in with this password: its rules name only the socket for the lab's user.
    env: { PGDATA: dataFolder(host), POSTGRES_USER: LAB_USER, POSTGRES_DB: name, POSTGRES_PASSWORD: secrets.database },
    args: ['-c', `unix_socket_directories=${SOCKETS}`],
    shared: [SOCKETS],
    jobs: [...fill(context, name), admit(context, name)],
  };
}

function fill({ content, repoFolder }: HostContext, name: string): PlannedJob[] {
  if (content === null) return [];
  return [
    {
      name: 'fill',
      image: NODE_IMAGE,
      repository: true,
      user: IMAGE_USER,
      process: {
        command: 'node',
        args: ['--conditions=@loadstair/source', '--disable-warning=ExperimentalWarning', `${repoFolder}/${content.seedProgram}`],
        env: { SITE_DATABASE: `postgres://${LAB_USER}@/${name}?host=${encodeURIComponent(SOCKETS)}` },
      },
    },
  ];
}

/** May run again: users that are there keep their rights. */
function admit({ secrets }: HostContext, name: string): PlannedJob {
  const statements = [
    `SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${SITE_USER}') AS fresh \\gset`,
    '\\if :fresh',
    siteRights(name),
    '\\endif',
    admitUsers(secrets, (password) => createHash('sha256').update(`salt of ${password}`).digest().subarray(0, 16)),
  ];
  return {
    name: 'admit',
    image: IMAGE,
    repository: false,
    user: IMAGE_USER,
    process: {
      command: 'bash',
      args: ['-c', `psql -q -v ON_ERROR_STOP=1 -h ${SOCKETS} -U ${LAB_USER} -d ${name} <<'END'\n${statements.join('\n')}\nEND`],
      env: {},
    },
  };
}

import { createHash } from 'node:crypto';
import { roleOf } from '@loadstair/topology';
import type { HostContext, InImage, PlannedJob } from '../component.ts';
import { NODE_IMAGE } from '../node-program/node-program.ts';
import { databaseName } from './client.ts';
import { dataFolder } from './config.ts';
import { SITE_USER } from './declaration.ts';
import { copyArguments, isFollowing } from './replication.ts';
import { admitUsers, LAB_USER, siteRights } from './users.ts';

export const IMAGE = 'postgres:17';
/** Where the image's own set-up looks for the server. */
const SOCKETS = '/var/run/postgresql';
/** The image's own account and its id: over the socket, the server lets in whom the kernel says it is. */
export const IMAGE_ACCOUNT = 'postgres';
const IMAGE_USER = '999';

/** The owner of what it writes is set right by the image before the server starts. */
const ROOT = '0';
/** Setting up a primary waits for no replica: those come later. */
const WITHOUT_REPLICAS = { PGOPTIONS: '-c synchronous_commit=local' };

/** The image makes an empty database; a job fills it, and another lets its users in. A replica is copied before it starts. */
export function inImage(context: HostContext): Partial<InImage> {
  return isFollowing(context) ? replica(context) : primary(context);
}

function primary(context: HostContext): Partial<InImage> {
  const { host, placement, content, secrets } = context;
  const name = databaseName(content);
  const waitsForNobody = roleOf(placement, host) === null ? {} : WITHOUT_REPLICAS;
  return {
    // The network lets nobody in with this password: its rules name only the socket for the lab's user.
    env: { PGDATA: dataFolder(host), POSTGRES_USER: LAB_USER, POSTGRES_DB: name, POSTGRES_PASSWORD: secrets.database, ...waitsForNobody },
    args: ['-c', `unix_socket_directories=${SOCKETS}`],
    shared: [SOCKETS],
    jobs: [...fill(context, name), admit(context, name)].map((job) => withVariables(job, waitsForNobody)),
  };
}

function withVariables(job: PlannedJob, variables: Readonly<Record<string, string>>): PlannedJob {
  return { ...job, process: { ...job.process, env: { ...job.process.env, ...variables } } };
}

/**
 * libpq takes a password file only from its owner with mode 0600, which a mounted file has not: the password comes in the environment, which
 * counts first (PostgreSQL documentation, "The Password File" and "Environment Variables").
 */
function replica(context: HostContext): Partial<InImage> {
  const password = { PGPASSWORD: context.secrets.replication };
  return { env: { PGDATA: dataFolder(context.host), ...password }, prepares: [copy(context, password)] };
}

/** What a copy that was cut off has left goes; the mark of a replica is written last. */
const COPY = `set -e
cd "$0"
[ ! -e standby.signal ] || exit 0
find . -mindepth 1 -delete
pg_basebackup "$@"
: > postgresql.auto.conf
: > standby.signal`;

function copy(context: HostContext, env: Readonly<Record<string, string>>): PlannedJob {
  return {
    name: 'copy',
    image: IMAGE,
    repository: false,
    user: ROOT,
    process: { command: 'bash', args: ['-c', COPY, dataFolder(context.host), ...copyArguments(context)], env },
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

import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { SITE_USER } from './declaration.ts';

/** The owner of everything: the lab itself, over the local socket alone. */
export const LAB_USER = 'loadstair';
/** Who replicas connect as: it may read the log and copy the data, and nothing else. */
export const REPLICATOR = 'replicator';

/**
 * SCRAM's many rounds make guessing a person's password slow. Ours are random and long, nobody guesses them, and each round would cost a
 * small host CPU at every new connection.
 */
const ROUNDS = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/**
 * What PostgreSQL stores of a password, so that the password itself is in no statement and in no log: RFC 5802 §3 and PostgreSQL's
 * documentation of pg_authid, `SCRAM-SHA-256$<rounds>:<salt>$<StoredKey>:<ServerKey>`.
 */
export function scramVerifier(password: string, salt: Buffer, rounds = ROUNDS): string {
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, rounds, HASH_BYTES, 'sha256');
  const keyOf = (name: string): Buffer => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${keyOf('Server Key').toString('base64')}`;
}

/**
 * Rights of the site's user in a database. It has no password, and so cannot connect, until an instance gives it one.
 */
export const siteRights = (database: string): string => `CREATE ROLE ${SITE_USER} LOGIN;
GRANT CONNECT ON DATABASE ${database} TO ${SITE_USER};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${SITE_USER};
CREATE ROLE ${REPLICATOR} LOGIN REPLICATION;`;

/** Lets the site and replicas in, on a server that takes writes. Waits for no replica, although commits may have to. */
export function admitUsers(
  passwords: { readonly database: string; readonly replication: string },
  saltFor: (password: string) => Buffer = () => randomBytes(SALT_BYTES),
): string {
  const verifier = (password: string): string => scramVerifier(password, saltFor(password));
  return `BEGIN;
SET LOCAL synchronous_commit = local;
ALTER ROLE ${SITE_USER} PASSWORD '${verifier(passwords.database)}';
ALTER ROLE ${REPLICATOR} PASSWORD '${verifier(passwords.replication)}';
COMMIT;`;
}

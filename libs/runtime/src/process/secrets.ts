import { randomBytes } from 'node:crypto';
import type { Secrets } from '@loadstair/components';

/** New passwords for one start of an instance: 192 random bits each, of letters that need no quotes anywhere. */
export function makeSecrets(): Secrets {
  const password = (): string => randomBytes(24).toString('base64url');
  return { database: password(), replication: password(), cache: password(), cacheAdmin: password(), edge: password(), purge: password() };
}

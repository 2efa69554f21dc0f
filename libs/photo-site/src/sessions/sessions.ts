import { randomBytes } from 'node:crypto';

/** Somebody who signed in. */
export interface SignedIn {
  readonly id: number;
  /** As others see it. */
  readonly name: string;
}

/** Who is signed in; where sessions live is the stage's choice. */
export interface Sessions {
  /** A fresh token for a user. */
  begin(user: SignedIn): Promise<string>;
  /** The user of a token, or null when it is unknown or too old. */
  userOf(token: string): Promise<SignedIn | null>;
  end(token: string): Promise<void>;
}

const MAX_SESSIONS = 50_000;
const LIFETIME_MS = 30 * 60_000;

/** Sessions in this process's memory: gone when it ends, unknown to its peers. */
export function memorySessions(now: () => number = Date.now): Sessions {
  const sessions = new Map<string, { readonly user: SignedIn; readonly until: number }>();
  return {
    async begin(user) {
      const token = randomBytes(18).toString('base64url');
      sessions.set(token, { user, until: now() + LIFETIME_MS });
      if (sessions.size > MAX_SESSIONS) sessions.delete(sessions.keys().next().value as string);
      return token;
    },
    async userOf(token) {
      const session = sessions.get(token);
      if (session === undefined) return null;
      if (session.until > now()) return session.user;
      sessions.delete(token);
      return null;
    },
    async end(token) {
      sessions.delete(token);
    },
  };
}

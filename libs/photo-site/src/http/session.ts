import type { Request } from 'express';
import type { SignedIn } from '../sessions/sessions.ts';
import type { SiteServices } from './context.ts';
import { Problem } from './problem.ts';

export const SESSION_COOKIE = 'session';

/** The token of a request: bearer for the mobile app, cookie for browsers. */
export function tokenOf(request: Request): string | null {
  const bearer = /^Bearer ([\w-]{1,64})$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  return new RegExp(`(?:^|; )${SESSION_COOKIE}=([\\w-]{1,64})`).exec(request.headers.cookie ?? '')?.[1] ?? null;
}

export async function currentUser({ sessions }: SiteServices, request: Request): Promise<SignedIn | null> {
  const token = tokenOf(request);
  return token === null ? null : sessions.userOf(token);
}

/** 401 when nobody is signed in. */
export async function requireUser(services: SiteServices, request: Request): Promise<SignedIn> {
  const user = await currentUser(services, request);
  if (user === null) throw new Problem(401, 'Sign in first: POST /api/sessions.', { 'www-authenticate': 'Bearer' });
  return user;
}

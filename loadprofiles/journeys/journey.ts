import type { RefinedResponse } from 'k6/http';
import type { Ask, Visit } from '../lib/send.ts';

/** What a journey chooses from. `next` gives numbers in [0, 1) that depend on the arrival alone. */
export interface Choices {
  readonly users: number;
  readonly photos: number;
  readonly next: () => number;
  readonly picture: ArrayBuffer;
}

export type Journey = (visit: Visit, choices: Choices) => void;

/** Gives the token of who signed in, or null when the site did not let them. */
export function signIn(visit: Visit, user: number, last: boolean, cookies?: Ask['cookies']): string | null {
  let token = '';
  const response = visit.send({
    name: 'sign-in',
    method: 'POST',
    path: '/api/sessions',
    json: { user },
    ...(cookies === undefined ? {} : { cookies }),
    status: 201,
    right: (answer) => json(answer).user === user && (token = json(answer).token as string).length > 10,
    last,
  });
  return response === null ? null : token;
}

export function anyUser({ users, next }: Choices): number {
  return 1 + Math.floor(next() * users);
}

/** Half of all looks go to the first so many users. */
const SEEN_MOST = 100;

/**
 * A user as people look at them: most looks go to few. The number of a user is the rank: looks at rank r go as 1/(r + 100)² (Zipf and
 * Mandelbrot), so that of 20,000 users 100 get half of all looks and 900 get nine in ten, and none more than one in a hundred.
 */
export function userSeenOften({ users, next }: Choices): number {
  const share = (next() * users) / (users + SEEN_MOST);
  return 1 + Math.floor((SEEN_MOST * share) / (1 - share));
}

export function anyPhoto({ photos, next }: Choices): number {
  return 1 + Math.floor(next() * photos);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a JSON body is whatever the site sent; the checks look at it
export function json(response: RefinedResponse<'text'>): any {
  return JSON.parse(response.body);
}

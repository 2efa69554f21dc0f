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

export function anyPhoto({ photos, next }: Choices): number {
  return 1 + Math.floor(next() * photos);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a JSON body is whatever the site sent; the checks look at it
export function json(response: RefinedResponse<'text'>): any {
  return JSON.parse(response.body);
}

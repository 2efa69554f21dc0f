import { clientOver, type AnswerOf, type Call, type ChangeName, type GivenTo, type ReadName, type Sent } from '@loadstair/lab-api/client';
import type { ProblemLines } from '@loadstair/kit';
import { copy } from './copy.ts';
import { storedKey } from './key.ts';
import { LabError } from './lab-error.ts';

const FORBIDDEN = 401;

/** Reads from labd. Throws LabError. */
export function read<Name extends ReadName>(signal: AbortSignal, name: Name, ...given: GivenTo<Name>): Promise<AnswerOf<Name>> {
  return callOver(signal)(name, ...given);
}

/** Changes something, with the key this browser has. Throws LabError. */
export const change: <Name extends ChangeName>(name: Name, ...given: GivenTo<Name>) => Promise<AnswerOf<Name>> = callOver();

function callOver(signal?: AbortSignal): Call {
  return clientOver((request) => send(request, signal));
}

async function send({ method, address, body = {} }: Sent, signal?: AbortSignal): Promise<unknown> {
  const key = storedKey();
  const changes = method !== 'GET';
  if (copy() !== null) {
    // Pages of labd never need it.
    const { copyAnswer } = await import('./copy-answer.ts');
    return copyAnswer({ method, address, body }, signal);
  }
  const response = await fetch(address, {
    method,
    // What a learner said is told with the key alone.
    headers: {
      ...(key === null && !changes ? {} : { authorization: `Bearer ${key ?? ''}` }),
      ...(changes ? { 'content-type': 'application/json' } : {}),
    },
    ...(changes ? { body: JSON.stringify(body) } : {}),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new LabError({ kind: 'gone' });
  });
  if (response.ok) return response.status === 204 ? {} : response.json();
  if (response.status === FORBIDDEN) throw new LabError({ kind: 'key' });
  const problem = (await response.json()) as ProblemLines;
  throw new LabError({ kind: 'problem', status: response.status, problem });
}

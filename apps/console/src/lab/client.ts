import type { ProblemLines } from '@loadstair/kit';
import { storedKey } from './key.ts';
import { LabError } from './lab-error.ts';

const FORBIDDEN = 401;

/** Reads from labd. Throws LabError. */
export function read<Answer>(path: string, signal: AbortSignal): Promise<Answer> {
  const key = storedKey();
  // What a learner said is told with the key alone.
  return send<Answer>(path, { signal, headers: key === null ? {} : { authorization: `Bearer ${key}` } });
}

/** Changes something, with the key this browser has. Throws LabError. */
export function change<Answer>(method: 'POST' | 'DELETE', path: string, body: unknown): Promise<Answer> {
  return send<Answer>(path, {
    method,
    headers: { authorization: `Bearer ${storedKey() ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function send<Answer>(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(path, init).catch((error: unknown) => {
    if (init.signal?.aborted === true) throw error;
    throw new LabError({ kind: 'gone' });
  });
  if (response.ok) return (response.status === 204 ? null : await response.json()) as Answer;
  if (response.status === FORBIDDEN) throw new LabError({ kind: 'key' });
  const problem = (await response.json()) as ProblemLines;
  throw new LabError({ kind: 'problem', status: response.status, problem });
}

import { useCallback } from 'react';
import { addressOf } from '@loadstair/lab-api/client';
import type { OperationEvent } from '@loadstair/operations';
import { useChange } from './change.tsx';
import { LabError } from './lab-error.ts';

const FAILED = 500;

/** Does something to the site that is up, and waits until it has ended. Throws LabError when it fails or is refused. */
export type Operate = (action: string, input: Readonly<Record<string, unknown>>) => Promise<void>;

export function useOperate(): Operate {
  const change = useChange();
  return useCallback<Operate>(
    async (action, input) => {
      const { id } = await change('POST /api/operations', { body: { action, input } });
      const ended = lastEvent(await eventsOf(id));
      if (ended?.type !== 'ended') throw new LabError({ kind: 'gone' });
      const { problem, result } = ended.operation;
      if (problem !== null) throw new LabError({ kind: 'problem', status: FAILED, problem });
      if (result?.kind !== 'refused') return;
      const { what, why } = result;
      throw new LabError({ kind: 'problem', status: FAILED, problem: { what, why, do: './lab status', code: 'E_REFUSED', exit: 2 } });
    },
    [change],
  );
}

/** All of its events, a line each: the answer ends with the operation. */
async function eventsOf(id: string): Promise<string> {
  try {
    const response = await fetch(addressOf('GET /api/operations/{operation}/events', { path: { operation: id }, query: {} }), {
      headers: { accept: 'application/x-ndjson' },
    });
    return await response.text();
  } catch {
    throw new LabError({ kind: 'gone' });
  }
}

export function lastEvent(lines: string): OperationEvent | null {
  const last = lines.trimEnd().split('\n').at(-1);
  return last === undefined || last === '' ? null : (JSON.parse(last) as OperationEvent);
}

import { randomBytes } from 'node:crypto';
import { actionFrom, type Action, type Done, type Operation, type OperationEvent } from '@loadstair/operations';
import { actions } from '@loadstair/stages';
import { ZodError } from 'zod';
import { createEventLog, type EventLog } from './event-log.ts';
import { LabProblem, problemLinesOf } from './problem.ts';

/** What is done to the running site, and was. */
export interface Operations {
  /** Begins an action; it goes on whoever asked for it. */
  begin(action: Action): Operation;
  /** Throws LabProblem 404. */
  get(id: string): Operation;
  /** From its beginning on. Throws LabProblem 404. */
  events(id: string): EventLog<OperationEvent>;
  /** Asks one that goes on to end; it has ended when its events say so. Throws LabProblem 404. */
  cancel(id: string): Operation;
  cancelAll(): void;
  /** Tells the readers of whatever goes on. */
  progress(atMs: number, text: string): void;
}

interface Kept {
  operation: Operation;
  readonly abort: AbortController;
  readonly log: EventLog<OperationEvent>;
}

/** The oldest that have ended are forgotten. */
const KEPT = 64;
const ID_BYTES = 4;

/** @param run does an action in its turn, and rejects when it fails or the signal ends it */
export function createOperations(run: (action: Action, signal: AbortSignal) => Promise<Done>): Operations {
  const all = new Map<string, Kept>();

  const need = (id: string): Kept => {
    const kept = all.get(id);
    if (kept !== undefined) return kept;
    throw new LabProblem(404, {
      what: `Unknown operation ${id}.`,
      why: 'it was not started by this labd, or it ended long ago',
      do: './lab status',
      code: 'E_UNKNOWN_OPERATION',
      exit: 2,
    });
  };
  const goingOn = (): Kept[] => [...all.values()].filter(({ operation }) => operation.state === 'running');

  return {
    begin(action) {
      const kept: Kept = { operation: begun(action), abort: new AbortController(), log: createEventLog() };
      const end = (ended: Pick<Operation, 'state'> & Partial<Operation>): void => {
        kept.operation = { ...kept.operation, ...ended, endedMs: Date.now() };
        kept.log.append({ type: 'ended', atMs: Date.now(), operation: kept.operation });
        kept.log.close();
      };
      all.set(kept.operation.id, kept);
      for (const { operation } of [...all.values()].slice(0, -KEPT)) if (operation.state !== 'running') all.delete(operation.id);
      kept.log.append({ type: 'began', atMs: kept.operation.beganMs, operation: kept.operation });
      run(action, kept.abort.signal).then(
        ({ result, text }) => end({ state: 'done', result, text }),
        (error: unknown) => end(kept.abort.signal.aborted ? { state: 'cancelled' } : { state: 'failed', problem: problemLinesOf(error) }),
      );
      return kept.operation;
    },
    get: (id) => need(id).operation,
    events: (id) => need(id).log,
    cancel(id) {
      const kept = need(id);
      kept.abort.abort();
      return kept.operation;
    },
    cancelAll() {
      for (const { abort } of goingOn()) abort.abort();
    },
    progress(atMs, text) {
      for (const { log } of goingOn()) log.append({ type: 'progress', atMs, text });
    },
  };
}

/** The action a request names, with its input. Throws LabProblem 400. */
export function actionIn(request: { readonly action: string; readonly input: unknown }): Action {
  try {
    return actionFrom(actions(), request);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    throw new LabProblem(400, {
      what: 'The request body is not valid.',
      why: error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; '),
      do: `actions are ${actions()
        .map(({ name }) => name)
        .join(', ')}`,
      code: 'E_BAD_REQUEST',
      exit: 2,
    });
  }
}

function begun({ name, input }: Action): Operation {
  return {
    id: randomBytes(ID_BYTES).toString('hex'),
    action: name,
    input,
    state: 'running',
    beganMs: Date.now(),
    endedMs: null,
    text: null,
    result: null,
    problem: null,
  };
}

import type { ActionDefinition, Operation } from '@loadstair/operations';
import { Problem } from '@loadstair/kit';
import type { LabdClient } from './labd-http.ts';

/**
 * Does something to the site that is up, and waits for what comes of it.
 *
 * @throws Problem in the lab's own words when it is refused, fails, or is cancelled
 */
export async function operate<Input extends object, Result>(
  client: LabdClient,
  action: ActionDefinition<Input, Result>,
  input: Input,
): Promise<Result> {
  const begun = await client.call('POST /api/operations', {
    body: { action: action.name, input: Object.fromEntries(Object.entries(input)) },
  });
  const { state, result, problem } = await endOf(client, begun);
  if (result?.kind === 'done') return action.result.parse(result);
  if (result?.kind === 'refused') throw new Problem({ what: result.what, why: result.why, do: './lab status', code: 'E_REFUSED', exit: 2 });
  throw new Problem(
    problem ?? {
      what: `${action.name} was ${state === 'cancelled' ? 'cancelled' : 'not finished'}.`,
      why: state === 'cancelled' ? 'another command cancelled it, or the site was stopped' : 'labd ended before it was finished',
      do: './lab status',
      code: 'E_CANCELLED',
      exit: 1,
    },
  );
}

/** The operation as it ended; as it began when labd went away. */
async function endOf(client: LabdClient, begun: Operation): Promise<Operation> {
  const { id } = begun;
  for await (const event of client.events('GET /api/operations/{operation}/events', { path: { operation: id }, query: {} })) {
    if (event.type === 'ended') return event.operation;
  }
  return begun;
}

import { createStore, proofPlan, prove, type Proof } from '@loadstair/runs';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import type { Context } from './commands/context.ts';
import { oneRun } from './one-run.ts';

export type ConfirmOutcome = Exclude<Proof, { kind: 'stopped' }> | { readonly kind: 'interrupted'; readonly status: number };

/** Two short runs around the onset of a stored run: one with more of what was named, one with more of the next. */
export async function confirmRun(
  id: string,
  options: { readonly instance: number; readonly yes: boolean; readonly stays?: boolean },
  context: Context,
): Promise<ConfirmOutcome> {
  const store = createStore(LAB_FOLDER);
  const before = store.open(id);
  const plan = proofPlan(before);
  if (plan.kind === 'impossible') return plan;
  const { err } = context.io;
  let status = 0;
  const proof = await prove(before, plan, async ({ set, request }) => {
    err.write(`\n${err.marks.now} confirm   --set ${set}, around ${request.around.toFixed(0)} arrivals/s\n`);
    const ran = await oneRun(request, options, context);
    if (ran.kind === 'ended' && ran.interrupted === null) return store.open(ran.outcome.run);
    status = ran.kind === 'interrupted' ? ran.status : (ran.interrupted ?? status);
    return null;
  });
  return proof.kind === 'stopped' ? { kind: 'interrupted', status } : proof;
}

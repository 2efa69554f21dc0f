import { confirmationOf, type Confirmation, type RefusalCode, type Relaxed } from '@loadstair/analysis';
import type { OpenedRun } from '../run-folder.ts';
import type { ProofPlan, ProofRun } from './proof-plan.ts';

export type Proof =
  | { readonly kind: 'proven'; readonly confirmation: Confirmation }
  | { readonly kind: 'impossible'; readonly why: string }
  | { readonly kind: 'stopped' };

/** What a climb of short steps cannot have, and does not need. */
const NOT_NEEDED: readonly RefusalCode[] = ['SHORT', 'UNSTEADY'];

/**
 * Does the short runs of a plan one after the other, and judges the verdict by them.
 *
 * @param runShort resolves with the run that ended, or null when somebody stopped it
 */
export async function prove(
  before: OpenedRun,
  plan: Extract<ProofPlan, { kind: 'planned' }>,
  runShort: (run: ProofRun, number: number) => Promise<OpenedRun | null>,
): Promise<Proof> {
  const relaxed: Relaxed[] = [];
  for (const [index, planned] of plan.runs.entries()) {
    const ended = await runShort(planned, index + 1);
    if (ended === null) return { kind: 'stopped' };
    const refused = refusals(ended);
    if (refused.length === 0) relaxed.push({ resource: planned.resource, factor: planned.factor, run: ended.runData });
    // Without the second run the first half of the proof is left.
    else if (index === 0) return { kind: 'impossible', why: `the short run ${ended.id} was refused: ${refused.join(', ')}` };
  }
  const [named, runnerUp] = relaxed;
  if (named === undefined) throw new Error('A plan has at least one run.');
  const headroom = before.verdict.kind === 'named' ? (before.verdict.runnerUp?.headroom ?? null) : null;
  return { kind: 'proven', confirmation: confirmationOf(before.runData, named, runnerUp ?? null, headroom) };
}

function refusals({ verdict }: OpenedRun): RefusalCode[] {
  return verdict.kind === 'refused' ? verdict.codes.filter((code) => !NOT_NEEDED.includes(code)) : [];
}

import { confirmationOf, onsetLoad, type Confirmation, type NamedResource, type Relaxed } from '@loadstair/analysis';
import { createStore } from '@loadstair/runs';
import { stageByNumber } from '@loadstair/stages';
import { applySettings, relax } from '@loadstair/topology';
import type { Context } from './commands/context.ts';
import { LAB_FOLDER } from './labd-client.ts';
import { oneRun } from './one-run.ts';

/** Share of more that the named resource and the runner-up get. */
const MORE = 1.3;

export type ConfirmOutcome =
  | { readonly kind: 'done'; readonly confirmation: Confirmation }
  | { readonly kind: 'impossible'; readonly why: string }
  | { readonly kind: 'interrupted'; readonly status: number };

/** Two short runs around the onset of a stored run: one with more of what was named, one with more of the next. */
export async function confirmRun(
  id: string,
  options: { readonly instance: number; readonly yes: boolean },
  context: Context,
): Promise<ConfirmOutcome> {
  const store = createStore(LAB_FOLDER);
  const { manifest, runData, verdict } = store.open(id);
  if (verdict.kind !== 'named') return { kind: 'impossible', why: 'nothing was named that could get more' };
  const before = onsetLoad(runData);
  const more = async (resource: NamedResource): Promise<Relaxed | ConfirmOutcome> => {
    const topology = applySettings(stageByNumber(manifest.stage).topology, manifest.set);
    const relaxed = relax(topology, resource.tier, resource.resource, MORE);
    if (relaxed === null) return { kind: 'impossible', why: `a run cannot have more ${resource.resource} at ${resource.tier}` };
    context.io.err.write(`\n${context.io.err.marks.now} confirm   --set ${relaxed.set}, around ${before.toFixed(0)} arrivals/s\n`);
    const ran = await oneRun(
      {
        stage: manifest.stage,
        profile: manifest.profile,
        set: [...manifest.set, relaxed.set],
        seed: manifest.seed,
        around: before,
      },
      options,
      context,
    );
    if (ran.kind === 'interrupted') return ran;
    if (ran.interrupted !== null) return { kind: 'interrupted', status: ran.interrupted };
    const { outcome } = ran;
    const refused =
      outcome.verdict.kind === 'refused' ? outcome.verdict.codes.filter((code) => code !== 'SHORT' && code !== 'UNSTEADY') : [];
    if (refused.length > 0) return { kind: 'impossible', why: `the short run ${outcome.run} was refused: ${refused.join(', ')}` };
    return { resource, factor: relaxed.factor, run: store.open(outcome.run).runData };
  };
  const named = await more(verdict);
  if ('kind' in named) return named;
  const next = verdict.runnerUp === null ? null : await more(verdict.runnerUp);
  // A runner-up that cannot get more, like a lock, leaves the first half of the proof.
  if (next !== null && 'kind' in next && next.kind === 'interrupted') return next;
  const runnerUp = next === null || 'kind' in next ? null : next;
  return { kind: 'done', confirmation: confirmationOf(runData, named, runnerUp, verdict.runnerUp?.headroom ?? null) };
}

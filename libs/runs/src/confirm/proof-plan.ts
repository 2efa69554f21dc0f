import { onsetLoad, type NamedResource } from '@loadstair/analysis';
import { declarations } from '@loadstair/components/declarations';
import { moduleOf } from '@loadstair/resources';
import { relax } from '@loadstair/topology';
import type { OpenedRun } from '../run-folder.ts';
import type { RunBody } from '../run-request.ts';

/** A short run that gives one resource more, near the onset of the run it is to prove: what labd is asked for, like any other run. */
export type ProofRequest = RunBody & Required<Pick<RunBody, 'profile' | 'set' | 'seed' | 'burners' | 'slo'>> & { readonly around: number };

export interface ProofRun {
  readonly resource: NamedResource;
  /** What it gets ÷ what it had. */
  readonly factor: number;
  /** The setting that gives it. */
  readonly set: string;
  readonly request: ProofRequest;
}

/** The named resource first, then the runner-up where it can be given more. */
export type ProofPlan =
  { readonly kind: 'planned'; readonly runs: readonly [ProofRun, ...ProofRun[]] } | { readonly kind: 'impossible'; readonly why: string };

/** Share of more that the named resource and the runner-up get. */
const MORE = 1.3;

/** What has to run to prove a verdict. Pure. */
export function proofPlan({ manifest, runData, verdict, outcome }: OpenedRun): ProofPlan {
  if (outcome !== null) return { kind: 'impossible', why: 'an experiment names no limit' };
  if (verdict.kind !== 'named') return { kind: 'impossible', why: 'the verdict names no resource that could be increased' };
  const { topology } = manifest;
  const around = onsetLoad(runData);
  const withMore = (resource: NamedResource): ProofRun | null => {
    const relaxed = relax(topology, resource.tier, moduleOf(resource.resource), MORE, declarations);
    if (relaxed === null) return null;
    const { stage, set, seed, burners } = manifest;
    const profile = manifest.ownProfile ?? manifest.profile;
    const request = { stage, profile, set: [...set, relaxed.set], seed, burners, slo: runData.profile.slo, around };
    return { resource, factor: relaxed.factor, set: relaxed.set, request };
  };
  const named = withMore(verdict);
  if (named === null) return { kind: 'impossible', why: `no setting gives ${verdict.tier} more ${verdict.resource}` };
  // A runner-up that cannot get more, like a lock, leaves the first half of the proof.
  const next = verdict.runnerUp === null ? null : withMore(verdict.runnerUp);
  return { kind: 'planned', runs: next === null ? [named] : [named, next] };
}

import { gate } from './gate.ts';
import { findOnset, loadSteps, stepHolds } from './onset.ts';
import type { RunData } from './run-data.ts';
import type { GateCheck, RefusalCode } from './verdict.ts';

/** Checks of the generator and of the machine: what fails in one step says nothing of those before it. */
const BY_STEP: readonly RefusalCode[] = ['PHYS_CPU', 'PHYS_STEAL', 'GEN_CPU', 'GEN_SOCKETS', 'GEN_SCHED', 'GEN_DROP'];
/** With fewer steps there is no answer worth having. */
const STEPS_NEEDED = 2;

/**
 * The part of a run below the load from which on its generator or its machine failed, when it can be trusted by itself and nothing
 * ran out in it; else null. A disturbance that went away again is no matter of load: such a run is refused as a whole.
 *
 * @param failed the checks that refuse the run
 */
export function validPrefix(run: RunData, failed: readonly GateCheck[]): RunData | null {
  const spoiled = new Set(failed.filter(({ code }) => BY_STEP.includes(code)).flatMap(({ steps }) => steps));
  if (spoiled.size === 0) return null;
  const loads = loadSteps(run);
  const from = Math.min(...loads.filter(({ index }) => spoiled.has(index)).map(({ offered }) => offered));
  const recovered = loads.some((step) => step.offered >= from && !spoiled.has(step.index) && stepHolds(step, run.profile.slo).holds);
  if (recovered || loads.filter(({ offered }) => offered < from).length < STEPS_NEEDED) return null;
  const part = { ...run, steps: run.steps.filter((step) => step.kind !== 'back' && step.offered < from) };
  const trusted = gate(part).every(({ outcome }) => outcome !== 'refuse');
  return trusted && findOnset(part) === null ? part : null;
}

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Experiment } from '@loadstair/experiments';
import { refuseK6Settings } from '@loadstair/load';
import { engineFolders, needsOf } from '@loadstair/checks/needs';
import { readRepository } from '@loadstair/checks/repository';
import { LAB_FOLDER, REPO_FOLDER } from '@loadstair/lab-api/folders';
import { experimentByName, experiments } from '@loadstair/stages';
import { claimsOf, isKept, keepTrial, makeTrial, NOT_MET, readTrials, type Trial } from '@loadstair/verify';
import { claimLines, trialLine } from '@loadstair/terminal-view/claims-view';
import { writeJson } from '../commands/answer.ts';
import type { Context } from '../commands/context.ts';
import { oneExperiment } from '../one-experiment.ts';

export interface ClaimsOptions {
  readonly instance: number;
  readonly yes: boolean;
  readonly json: boolean;
  /** Of the first trial; the next ones follow. */
  readonly seed: number;
}

/** Every trial there ever was, a line each. */
const KEPT = join(LAB_FOLDER, 'claims.ndjson');

/**
 * Runs the quick forms of experiments again and again, and says how often each expectation held and how far it was from failing. Trials
 * are kept, and those that were made with the same code are not made again. Gives the exit status.
 *
 * @param trials of each experiment, with a seed each
 * @param what numbers of stages and names of experiments; all when empty
 */
export async function verifyExperiments(
  trials: number,
  what: readonly string[],
  options: ClaimsOptions,
  context: Context,
): Promise<number> {
  const { io } = context;
  refuseK6Settings(context.environment);
  const chosen = chosenOf(what);
  const repository = readRepository(REPO_FOLDER);
  const engine = engineFolders(REPO_FOLDER);
  const asked = chosen.map((experiment) => ({ experiment, inputs: repository?.hashOf(needsOf(experiment, engine)) ?? '' }));
  // Without a repository nothing is known of what was kept.
  const known: Trial[] = repository === null ? [] : readTrials(KEPT);
  const keptOf = (experiment: Experiment, inputs: string, seed: number): Trial | undefined =>
    known.find((trial) => trial.experiment === experiment.name && trial.inputs === inputs && trial.seed === seed);
  let interrupted: number | null = null;
  // Round by round: what the machine does meanwhile falls on all alike.
  for (let index = 0; index < trials && interrupted === null; index += 1) {
    const seed = options.seed + index;
    for (const { experiment, inputs } of asked) {
      if (keptOf(experiment, inputs, seed) !== undefined) continue;
      const trial = await makeTrial({ experiment: experiment.name, inputs, seed }, async () => {
        const done = await oneExperiment(experiment, { ...options, quick: true, seed }, context);
        const status = done.kind === 'interrupted' ? done.status : done.interrupted;
        if (status !== null) interrupted = status;
        if (done.kind === 'interrupted' || status !== null) return null;
        // What held is told by its numbers; the others are kept to be looked at.
        if (done.ended.outcome.kind === 'held') rmSync(done.ended.folder, { recursive: true, force: true });
        return { run: done.ended.run, outcome: done.ended.outcome };
      });
      if (trial === null) break;
      keepTrial(KEPT, trial);
      known.push(trial);
      if (!options.json) io.out.write(`${trialLine(trial, { trial: index + 1, trials }, io.out)}\n`);
    }
  }
  const claims = asked.map(({ experiment, inputs }) =>
    claimsOf(
      experiment.name,
      Array.from({ length: trials }, (_, index) => keptOf(experiment, inputs, options.seed + index)).filter((trial) => trial !== undefined),
    ),
  );
  if (options.json) writeJson(io, { trials, experiments: claims });
  else for (const line of claimLines(claims, io.out)) io.out.write(`${line}\n`);
  return interrupted ?? (claims.every(isKept) ? 0 : NOT_MET);
}

/** @throws Problem when there is no such experiment */
function chosenOf(what: readonly string[]): readonly Experiment[] {
  const chosen = what.flatMap((word) =>
    /^\d+$/.test(word) ? experiments().filter(({ stage }) => stage === Number(word)) : [experimentByName(word)],
  );
  return what.length === 0 ? experiments() : [...new Set(chosen)];
}

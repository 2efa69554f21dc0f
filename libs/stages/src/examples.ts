import type { Experiment } from '@loadstair/experiments';
import { examplesIn, type Examples } from '@loadstair/topology';
import { stageByNumber, stages } from './catalogue.ts';
import type { Stage } from './stage.ts';

/** Examples of the catalogue, for help and advice. */
export const EXAMPLE: Examples = examplesIn(stages.map(({ topology }) => topology));

/** For the same: an experiment of its stage in which a host dies and another takes its place. */
export const EXAMPLE_EXPERIMENT: Experiment = replacing(stageByNumber(EXAMPLE.stage));

function replacing({ topology, experiments }: Stage): Experiment {
  const found = experiments.find(({ phases }) => phases.some(({ actions = [] }) => actions.some(({ name }) => name === 'replace')));
  if (found === undefined) throw new Error(`No experiment of stage ${topology.stage} replaces a host.`);
  return found;
}

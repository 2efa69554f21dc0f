import type { Experiment } from '@loadstair/experiments';
import { Problem } from '@loadstair/kit';
import { actions as shared, type AnyAction } from '@loadstair/operations';
import { nearMiss, type Topology } from '@loadstair/topology';
import { stageByNumber, stages } from './catalogue.ts';

/** Every experiment, by stage. */
export function experiments(): readonly Experiment[] {
  return stages.flatMap((stage) => stage.experiments);
}

/** Every action there is: those that any stage may use, and those that experiments define for themselves. */
export function actions(): readonly AnyAction[] {
  const done = experiments().flatMap(({ first = [], phases }) => [...first, ...phases.flatMap((phase) => phase.actions ?? [])]);
  return [...new Set([...shared, ...done.map(({ definition }) => definition)])];
}

/** Exit status 2. */
export class UnknownExperiment extends Problem {
  constructor(name: string) {
    const names = experiments().map((experiment) => experiment.name);
    const near = nearMiss(name, names);
    super({
      what: `Unknown experiment ${name}.`,
      why: `experiments are ${names.join(', ')}`,
      do: near === null ? './lab experiments' : `./lab experiment ${near}`,
      code: 'E_UNKNOWN_EXPERIMENT',
      exit: 2,
    });
  }
}

export function experimentByName(name: string): Experiment {
  const experiment = experiments().find((one) => one.name === name);
  if (experiment === undefined) throw new UnknownExperiment(name);
  return experiment;
}

/** What an experiment runs on. */
export function topologyOf(experiment: Experiment): Topology {
  return stageByNumber(experiment.runsOn ?? experiment.stage).topology;
}

const NAME = 30;

/** Name, time and title of each, under its stage; of one stage, or of all. */
export function experimentLines(stage?: number): string[] {
  const shown = stage === undefined ? stages : [stageByNumber(stage)];
  return shown.flatMap(({ topology, experiments: own }, index) => [
    ...(index === 0 ? [] : ['']),
    `${`${topology.stage} ${topology.slug}`.padEnd(NAME)}${'takes'.padStart(5)}${'quick'.padStart(7)}`,
    ...own.map(({ name, takesS, title }) =>
      [`  ${name}`.padEnd(NAME), minutes(takesS.full).padStart(5), minutes(takesS.quick).padStart(7), `  ${title}`].join(''),
    ),
    ...(own.length === 0 ? ['  none yet'] : []),
  ]);
}

/** `3:20` */
function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

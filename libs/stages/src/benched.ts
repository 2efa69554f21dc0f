import { stages } from './catalogue.ts';
import type { Stage } from './stage.ts';

/** What `./lab bench` measures on, as stages declare it. */
export interface Benched {
  /** The stage of which a run is measured. */
  readonly run: number;
  /** The site with and without telemetry, by the names of the two tiers. */
  readonly telemetry: NonNullable<NonNullable<Stage['bench']>['telemetry']>;
}

export function benched(catalogue: readonly Stage[] = stages): Benched {
  const run = catalogue.find(({ bench }) => bench?.run === true);
  const telemetry = catalogue.flatMap(({ bench }) => bench?.telemetry ?? [])[0];
  if (run === undefined || telemetry === undefined) throw new Error('No stage of the catalogue says that it is to be benched.');
  return { run: run.topology.stage, telemetry };
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ExperimentOutcome } from '@loadstair/experiments';
import { experimentByName } from './experiments.ts';

/**
 * `npm run record-outcome -- .lab/runs/ID…`: keeps the outcomes of stored experiments as the recorded ones labs are tested on
 * (`libs/labs/fixtures/NAME-quick.json.gz`). An outcome that was refused or missed an expectation is not kept.
 */
for (const folder of process.argv.slice(2)) {
  const { outcome } = JSON.parse(readFileSync(join(folder, 'experiment.json'), 'utf8')) as { outcome: ExperimentOutcome };
  if (outcome.kind !== 'held') throw new Error(`${folder}: ${outcome.experiment} is ${outcome.kind}; record a run whose expectations held`);
  const form = outcome.quick ? 'quick' : 'full';
  const file = join(import.meta.dirname, '../../labs/fixtures', `${outcome.experiment}-${form}.json.gz`);
  writeFileSync(file, gzipSync(JSON.stringify({ experiment: plain(outcome.experiment), outcome }), { level: 9 }));
  process.stdout.write(`${outcome.experiment}-${form} is recorded from ${folder}\n`);
}

/** The experiment as values: actions and expectations by name with their input, as a reader of another version can take them. */
function plain(name: string): unknown {
  const experiment = experimentByName(name);
  return {
    ...experiment,
    first: experiment.first?.map(({ name: act, input }) => ({ do: act, ...input })),
    phases: experiment.phases.map((phase) => ({
      ...phase,
      actions: phase.actions?.map(({ name: act, input }) => ({ do: act, ...input })),
    })),
    expectations: experiment.expectations.map(({ kind, input }) => ({ kind, ...input })),
  };
}

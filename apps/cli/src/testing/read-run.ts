import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, Named, RunData } from '@loadstair/analysis';
import type { ExperimentOutcome } from '@loadstair/experiments';
import { LAB_FOLDER } from './lab-command.ts';
import { shownValues } from './outcome-values.ts';

const RUNS = join(LAB_FOLDER, 'runs');

/** What a careful reader finds in the report of a run that named a limit, by the question of the labs; null is not shown there. */
export function limitAnswers(run: string, runsFolder = RUNS): Readonly<Record<string, string | null>> {
  const { onset, evidence, resource, runnerUp } = read<Named>(runsFolder, run, 'verdict.json');
  const { steps } = read<RunData>(runsFolder, run, 'run-data.json');
  const first = evidence.find((one) => one.for)?.resource;
  const busy = steps[onset.step]?.use.find((one) => one.resource === first)?.busy ?? NaN;
  return {
    named: resource,
    held: String(onset.lastPass ?? NaN),
    busy: String(Math.round(100 * Math.min(1, busy))),
    next: runnerUp?.tier ?? null,
    after: runnerUp?.tier ?? null,
    pool: poolIn(evidence),
  };
}

/** Whether the pool of the web tier stands among what counts for the limit, what counts against it, or nowhere. */
function poolIn(evidence: readonly Evidence[]): string {
  const pools = evidence.filter(({ resource }) => resource !== null && /^web-\d+\/pool$/.test(resource));
  if (pools.some((one) => one.for)) return 'cause';
  return pools.length > 0 ? 'symptom' : 'free';
}

/** What a careful reader finds in the outcome of an experiment. */
export function outcomeAnswers(run: string, runsFolder = RUNS): Readonly<Record<string, string>> {
  const { outcome } = read<{ outcome: ExperimentOutcome }>(runsFolder, run, 'experiment.json');
  const { results } = outcome;
  const lineOf = (about: RegExp): string => results.find((one) => about.test(one.about))?.measured ?? '';
  const numberIn = (about: RegExp, number: RegExp): string => (number.exec(lineOf(about))?.[1] ?? '').replaceAll(',', '');
  const valueIn = (about: RegExp, name: string, factor = 1): string =>
    String(factor * (results.find((one) => about.test(one.about))?.values[name] ?? NaN));
  return {
    web: numberIn(/^the CPU time of server is split/, /web (\d+) %/),
    half: valueIn(/^the CPU time of server is split/, 'arrivalsPerS'),
    measured: numberIn(/^capacity of 1 host of 4 lab CPUs/, /^×([\d.]+)/),
    renaming: numberIn(/CPU per arrival: renamed in a row/, /×([\d.]+)/),
    right: valueIn(/^load at which the site is full: web server doubled/, 'ratio'),
    doubling: 'refused',
    back: valueIn(/^the site recovers after/, 'firstMs', 1 / 1000),
    furthest: valueIn(/^requests spread evenly .+: three$/, 'furthest', 100),
    down: numberIn(/is down from the crash/, /down ([\d.]+) s/),
    failed: numberIn(/until health checks have reacted/, /^([\d,]+) of/),
    public: /^1 of 1 connected/.test(lineOf(/reaches the public address/)) ? 'connected' : 'refused',
    ...shownValues(outcome),
  };
}

function read<File>(runsFolder: string, run: string, name: string): File {
  return JSON.parse(readFileSync(join(runsFolder, run, name), 'utf8')) as File;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { diagnose, fromStored, type RunData, type StoredRunData } from '@loadstair/analysis';
import { expectationFrom, type Experiment, type ExperimentOutcome } from '@loadstair/experiments';
import type { OpenedRun } from '@loadstair/runs';
import type { Topology } from '@loadstair/topology';
import type { Ran, RanExperiment, RanLoad, Seen } from '../seen.ts';

/** Runs that were really measured; tests feed them to labs in place of new ones. */
export function recordedRun(name: string): OpenedRun {
  return asOpened(name, { data: recordedData(name), outcome: null });
}

/** An experiment likewise; what it loaded beside is not kept. */
export function recordedOutcome(name: string): OpenedRun {
  return asOpened(name, { data: recordedData('stage-1-quick-cpu'), outcome: storedExperiment(name).outcome });
}

/** The data alone, of libs/analysis/fixtures. */
export function recordedData(name: string): RunData {
  const file = join(import.meta.dirname, '../../../analysis/fixtures', `${name}.json.gz`);
  return fromStored((unpacked(file) as { run: StoredRunData }).run);
}

function unpacked(file: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
}

export function recordedLoad(name: string): RanLoad {
  const data = recordedData(name);
  const verdict = diagnose(data);
  if (verdict.kind === 'refused') throw new Error(`${name} was refused`);
  return { kind: 'run', id: 'rec0', data, verdict };
}

/** Experiments that were really run: their definition then, and what they came to. Expectations of a stage's own are not known here. */
export function recordedExperiment(name: string): RanExperiment {
  const { experiment, outcome } = storedExperiment(name);
  const expectations = experiment.expectations.map(expectationFrom);
  return { kind: 'experiment', id: 'rec1', experiment: { ...experiment, expectations }, outcome };
}

function storedExperiment(name: string): { readonly experiment: Experiment; readonly outcome: ExperimentOutcome } {
  const file = join(import.meta.dirname, '../../fixtures', `${name}.json.gz`);
  return unpacked(file) as { experiment: Experiment; outcome: ExperimentOutcome };
}

/** A recorded run as the store opens it. */
export function asOpened(id: string, { data, outcome }: { readonly data: RunData; readonly outcome: ExperimentOutcome | null }): OpenedRun {
  return {
    id,
    folder: `/nowhere/${id}`,
    manifest: {
      schema: 1,
      run: id,
      stage: data.stage.number,
      slug: data.stage.slug,
      topology: { stage: data.stage.number, slug: data.stage.slug, title: 'Recorded', tiers: [], links: [] },
      topologyHash: 'recorded',
      set: [],
      profile: data.profile.name,
      seed: 42,
      scale: 1,
      quick: true,
      burners: true,
      command: `./lab run ${data.stage.number} --quick`,
      startedAt: '2026-11-24T00:00:00.000Z',
      machine: { cores: 2, model: '', memoryMiB: 1, freeMemoryMiB: 1, kernel: '' },
      coresPerLabCpu: 0.1,
      versions: {},
    },
    runData: data,
    verdict: diagnose(data),
    search: null,
    confirmation: null,
    outcome,
  };
}

export const twoTiers: Topology = {
  stage: 2,
  slug: 'separate-database',
  title: 'Separate database',
  tiers: [
    { name: 'web', count: 2, cpu: 1, memoryMiB: 256, components: ['site'], settings: { site: { pool: 20 } }, public: true, distanceMs: 0 },
    { name: 'db', count: 1, cpu: 1, memoryMiB: 512, components: ['postgres'], settings: {}, public: false, distanceMs: 0 },
  ],
  links: [
    { from: 'clients', to: 'web', role: 'http' },
    { from: 'web', to: 'db', role: 'sql' },
  ],
};

export function seenOf(ran: Ran | null, earlier: Ran | null = null): Seen {
  return { topology: twoTiers, ran, earlier: () => earlier };
}

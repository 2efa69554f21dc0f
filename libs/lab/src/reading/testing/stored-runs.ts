import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { diagnose, fromStored, type RunData, type StoredRunData } from '@loadstair/analysis';
import type { RunStore, RunWriter } from '@loadstair/runs';
import { stageByNumber } from '@loadstair/stages';
import { hashOf } from '@loadstair/topology';

const FIXTURES = resolve(import.meta.dirname, '../../../../../libs/analysis/fixtures');
export const STAGE_2 = 'stage-2-quick-web-cpu.json.gz';
export const STAGE_3 = 'stage-3-quick-db-cpu.json.gz';
/** The machine that these runs say they ran on. */
export const MACHINE = { cores: 2, model: 'x' };

/** What else a run of a test is; by itself it is of `mixed`, at the beginning of 2026, on `MACHINE`. */
export interface StoredAs {
  readonly startedAt?: string;
  readonly profile?: string;
  readonly machine?: { readonly cores: number; readonly model: string };
}

/** A run nothing is written of yet. */
export function newRun(
  store: RunStore,
  stage: number,
  { startedAt = '2026-01-01T00:00:00.000Z', profile = 'mixed', machine = MACHINE }: StoredAs = {},
): RunWriter {
  const { topology } = stageByNumber(stage);
  return store.create({
    schema: 1,
    stage,
    slug: topology.slug,
    topology,
    topologyHash: hashOf(topology),
    set: [],
    profile,
    seed: 42,
    scale: 1,
    quick: false,
    burners: true,
    command: `./lab run ${stage}`,
    startedAt,
    machine: { ...machine, memoryMiB: 1, freeMemoryMiB: 1, kernel: '6' },
    coresPerLabCpu: 0.1,
    versions: {},
  });
}

/** A run that has begun. */
export function beginRun(store: RunStore, stage: number, storedAs: StoredAs = {}): RunWriter {
  const writer = newRun(store, stage, storedAs);
  writer.appendEvent({ type: 'host', atMs: 1, host: 'web-1', kind: 'up', detail: '' });
  return writer;
}

function fixture(name: string): RunData {
  return fromStored((JSON.parse(gunzipSync(readFileSync(join(FIXTURES, name))).toString('utf8')) as { run: StoredRunData }).run);
}

/** A run that ended, with data of a real one; answers its id. */
export function endedRun(store: RunStore, stage: number, fixtureName: string, storedAs: StoredAs = {}): string {
  const runData = fixture(fixtureName);
  const writer = beginRun(store, stage, storedAs);
  writer.writeRunData({
    ...runData,
    profile: {
      ...runData.profile,
      name: writer.manifest.profile,
      slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 },
    },
  });
  writer.writeVerdict(diagnose(runData));
  return writer.id;
}

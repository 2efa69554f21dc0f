import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '@loadstair/kit';
import { packRecorded, type Manifest, type RunStore } from '@loadstair/runs';
import { labs, type Stage } from '@loadstair/stages';
import { chooseRuns } from './choose.ts';
import { fileOf, folderNameOf, recordedIn, SET, type RecordedSet } from './set.ts';

/** What became of recording a stage. */
export interface Recorded {
  /** Null where nothing was recorded, because no run is fit. */
  readonly set: RecordedSet | null;
  /** Of each run of the set, bytes. */
  readonly bytes: Readonly<Record<string, number>>;
  /** Commands that make what the set should hold and does not. */
  readonly missing: readonly string[];
}

/** Exit status 2. */
class TwoMachines extends Problem {
  constructor(models: readonly string[]) {
    super({
      what: 'These runs were made on different machines.',
      why: models.join('; '),
      do: './lab prune, or make the runs again on one machine',
      code: 'E_TWO_MACHINES',
      exit: 2,
    });
  }
}

/**
 * Makes the recorded runs of a stage from stored ones, in place of what was recorded before: `recorded/<stage>` is replaced as a whole.
 *
 * @throws TwoMachines, BadRun
 */
export async function recordStage(stage: Stage, runs: RunStore, repoFolder: string): Promise<Recorded> {
  const lab = labs.find((one) => one.stage === stage.topology.stage) ?? null;
  const chosen = chooseRuns(runs.list(), stage, lab);
  const missing = chosen.missing.map(({ command }) => command);
  const [first] = chosen.runs;
  if (first === undefined) return { set: null, bytes: {}, missing };
  const manifests = chosen.runs.map(({ manifest }) => manifest).toSorted((a, b) => startOf(a) - startOf(b));
  const set = SET.parse({
    schema: 1,
    stage: stage.topology.stage,
    slug: stage.topology.slug,
    from: manifests[0]?.startedAt,
    to: manifests.at(-1)?.startedAt,
    machine: machineOf(manifests, first.manifest),
    runs: chosen.runs.map(({ id, manifest }) => ({ id, command: manifest.command })),
  });
  const target = join(recordedIn(repoFolder), folderNameOf(stage.topology));
  const fresh = `${target}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const bytes: Record<string, number> = {};
  for (const { id } of set.runs) {
    const packed = await packRecorded(runs.open(id));
    writeFileSync(fileOf({ folder: fresh }, id), packed);
    bytes[id] = packed.length;
  }
  writeFileSync(join(fresh, 'set.json'), `${JSON.stringify(set, null, 2)}\n`);
  rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
  return { set: { ...set, folder: target }, bytes, missing };
}

function startOf({ startedAt }: Manifest): number {
  return Date.parse(startedAt);
}

/** Memory that is free and the version of the kernel may differ; they are those of one run. */
function machineOf(manifests: readonly Manifest[], { machine }: Manifest): RecordedSet['machine'] {
  const models = [...new Set(manifests.map(({ machine: one }) => `${one.cores} cores, ${one.model}`))];
  if (models.length > 1) throw new TwoMachines(models);
  const { cores, model, memoryMiB, kernel } = machine;
  return { cores, model, memoryMiB, kernel };
}

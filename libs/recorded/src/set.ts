import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, type Unchanged } from '@loadstair/kit';
import { PACKED } from '@loadstair/runs';
import type { Topology } from '@loadstair/topology';
import { z } from 'zod';

/** `recorded/<stage>/set.json`: which runs of a stage were recorded, when, and on which machine. */
export const SET = z.strictObject({
  schema: z.literal(1),
  stage: z.int(),
  slug: z.string(),
  /** When the oldest and the newest of them began. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  machine: z.strictObject({ cores: z.int(), model: z.string(), memoryMiB: z.int(), kernel: z.string() }),
  /** Each is the file `<id>.tar.br` beside this one; the command is what made it. */
  runs: z.array(z.strictObject({ id: z.string().regex(/^[0-9a-z]{1,12}$/), command: z.string() })),
});
/** Recorded runs of one stage, all made on one machine. */
export type RecordedSet = Unchanged<z.output<typeof SET>> & {
  /** Folder with its files. */
  readonly folder: string;
};

/** Exit status 6. */
export class NoRecordedRuns extends Problem {
  constructor(why: string) {
    super({
      what: 'There are no recorded runs here.',
      why,
      do: 'git checkout -- recorded   restores those that came with the lab',
      code: 'E_NO_RECORDED',
      exit: 6,
    });
  }
}

/** Where the recorded runs of a checkout stand. */
export function recordedIn(repoFolder: string): string {
  return join(repoFolder, 'recorded');
}

/** `03-load-balancer` */
export function folderNameOf({ stage, slug }: Pick<Topology, 'stage' | 'slug'>): string {
  return `${String(stage).padStart(2, '0')}-${slug}`;
}

/** @returns path of the file with a run of a set */
export function fileOf({ folder }: Pick<RecordedSet, 'folder'>, id: string): string {
  return join(folder, `${id}${PACKED}`);
}

/**
 * The sets of a checkout, by stage.
 *
 * @throws NoRecordedRuns where there are none, or one cannot be read
 */
export function readSets(repoFolder: string): readonly RecordedSet[] {
  const top = recordedIn(repoFolder);
  const names = existsSync(top) ? readdirSync(top).filter((name) => /^\d/.test(name)) : [];
  if (names.length === 0) throw new NoRecordedRuns(`the folder ${top} is not there, or empty`);
  return names.map((name) => readSet(join(top, name))).toSorted((a, b) => a.stage - b.stage);
}

function readSet(folder: string): RecordedSet {
  const file = join(folder, 'set.json');
  try {
    return { ...SET.parse(JSON.parse(readFileSync(file, 'utf8'))), folder };
  } catch (error) {
    throw new NoRecordedRuns(`${file}: ${(error as Error).message}`);
  }
}

import { type ListedRun, type OpenedRun, recordedStore, type RunStore, unpackRecorded } from '@loadstair/runs';
import { findAsked, NotRecorded, type Asked } from './asked.ts';
import { fileOf, readSets, type RecordedSet } from './set.ts';

/** The recorded runs of a checkout, ready to be read. */
export interface RecordedRuns {
  readonly sets: readonly RecordedSet[];
  /** Lists them alone, and changes nothing. */
  readonly store: RunStore;
  /** Of the machine that they were measured on. */
  readonly machine: RecordedSet['machine'];
  /** `Recorded on 30 November 2026 on a machine with 2 cores (Intel Xeon).` */
  readonly says: string;
  /** Throws NotRecorded, SettingError, UnknownStage. */
  find(asked: Asked): OpenedRun;
}

/**
 * Unpacks what is not unpacked yet into the lab's folder: some seconds the first time, nothing later.
 *
 * @param stage of this one alone; of all when it is left out
 * @throws NoRecordedRuns, and BadRun where a file was changed
 */
export async function openRecorded(
  { repoFolder, labFolder }: { readonly repoFolder: string; readonly labFolder: string },
  stage: number | null = null,
): Promise<RecordedRuns> {
  const all = readSets(repoFolder);
  const sets = stage === null ? all : all.filter((set) => set.stage === stage);
  const [newest] = [...all].toSorted((a, b) => Date.parse(b.to) - Date.parse(a.to));
  await unpackRecorded(
    labFolder,
    sets.flatMap((set) => set.runs.map(({ id }) => fileOf(set, id))),
  );
  const store = recordedStore(
    labFolder,
    sets.flatMap(({ runs }) => runs.map(({ id }) => id)),
  );
  let listed: readonly ListedRun[] | null = null;
  const machine = (newest as RecordedSet).machine;
  return {
    sets,
    store,
    machine,
    says: `Recorded on ${days(all)} on another machine: ${machine.cores} cores, ${machine.model}.`,
    find(asked) {
      listed ??= store.list();
      const found = findAsked(
        listed.filter((run) => run.kind === 'run'),
        asked,
      );
      if (found === null) throw new NotRecorded(asked);
      return store.open(found.id);
    },
  };
}

/** `30 November 2026`, or the first and the last day. */
function days(sets: readonly RecordedSet[]): string {
  const from = Math.min(...sets.map((set) => Date.parse(set.from)));
  const to = Math.max(...sets.map((set) => Date.parse(set.to)));
  const [first, last] = [dayOf(from), dayOf(to)];
  return first === last ? first : `${first} to ${last}`;
}

function dayOf(ms: number): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(ms);
}

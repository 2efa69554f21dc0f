import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Confirmation, Verdict } from '@loadstair/analysis';
import type { ExperimentOutcome } from '@loadstair/experiments';
import { writeWhole } from '@loadstair/kit/node';
import { BadRun } from './errors.ts';
import type { RunEvent } from './events.ts';
import { cleanText } from './foreign/clean-text.ts';
import type { Manifest } from './manifest.ts';
import { readRecorded } from './recorded/read-recorded.ts';
import { keptAsRecorded, recordedFolder } from './recorded/recorded-folder.ts';
import { renderReport, reportHtml } from './report/report.ts';
import {
  FILES,
  readEvents,
  readLabel,
  readLogs,
  readManifest,
  readOutcome,
  readRun,
  readSeries,
  readTraces,
  readVerdict,
  type OpenedRun,
} from './run-folder.ts';
import { NO_LABEL, type RunLabel } from './run-label.ts';
import { runWriter, type RunWriter } from './run-writer.ts';
import type { KeptSeries } from './series.ts';
import type { LogLine } from './signals/log-lines.ts';
import type { Span } from './signals/span-tree.ts';

/**
 * All runs of a lab: one folder each under `.lab/runs`. Recorded runs that came with the lab are no part of it, but whoever knows the id
 * of one can read it here.
 */
export interface RunStore {
  readonly folder: string;
  /** A new run with an id of its own. */
  create(manifest: Omit<Manifest, 'run'>): RunWriter;
  /**
   * Newest first; a damaged folder is listed as such.
   *
   * @param known what was read before: a run that has ended is not read again
   */
  list(known?: ReadonlyMap<string, ListedRun>): readonly ListedRun[];
  /** What a run is, also of one that goes on or did not end. Throws BadRun. */
  manifest(id: string): Manifest;
  /** What happened in it so far. Throws BadRun. */
  events(id: string): readonly RunEvent[];
  /** The run whose id begins so, or `latest`. Throws BadRun. */
  open(prefix: string): OpenedRun;
  /** Spans of its traced requests, those so far of a run that goes on. Throws BadRun. */
  spans(id: string): readonly Span[];
  /** Warnings and errors of its hosts, in order; none before it has ended. Throws BadRun. */
  logLines(id: string): readonly LogLine[];
  /** What its dashboards show, of a run that has ended. Throws BadRun. */
  series(id: string): KeptSeries;
  /** File with the report of a run that has ended. Throws BadRun. */
  report(id: string): string;
  /** Keeps what short runs proved of a run, and writes its report again with it. */
  confirm(id: string, confirmation: Confirmation): void;
  /** What a person wrote beside a run. Throws BadRun. */
  labelOf(id: string): RunLabel;
  /** Puts a label in the place of the one a run has; characters that steer a terminal are left out. Throws BadRun. */
  label(id: string, label: RunLabel): RunLabel;
  /** Removes a run with all its files. Throws BadRun. */
  remove(id: string): void;
}

export type ListedRun =
  | {
      readonly kind: 'run';
      readonly id: string;
      readonly manifest: Manifest;
      readonly verdict: Verdict;
      readonly outcome: ExperimentOutcome | null;
      /** Whether it searched for the capacity. */
      readonly searched: boolean;
      readonly label: RunLabel;
    }
  | { readonly kind: 'damaged'; readonly id: string; readonly reason: string };

/** Crockford's letters without vowels: short, easy to read aloud, no words. */
const LETTERS = '0123456789bcdfghjkmnpqrstvwxyz';
const ID_LENGTH = 4;

export function createStore(labFolder: string): RunStore {
  const folder = join(labFolder, 'runs');
  const recorded = recordedFolder(labFolder);
  const isRecorded = (id: string): boolean => !idsIn(folder).includes(id) && idsIn(recorded).includes(id);
  /** Folder in which a run is read. Throws BadRun. */
  const readAt = (id: string): string => (isRecorded(id) ? join(recorded, id) : folderOf(folder, id));
  /** Folder in which a run may be changed. Throws BadRun. */
  const changedAt = (id: string): string => {
    if (isRecorded(id)) throw keptAsRecorded(id);
    return folderOf(folder, id);
  };
  return {
    folder,
    create(manifest) {
      mkdirSync(folder, { recursive: true });
      for (;;) {
        const id = Array.from({ length: ID_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
        if (isRecorded(id)) continue;
        try {
          // Not recursive: fails when somebody has the id.
          mkdirSync(join(folder, id));
          return runWriter(join(folder, id), { ...manifest, run: id });
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
      }
    },
    list: (known) => listRuns(folder, known),
    manifest: (id) => readManifest(readAt(id)),
    events: (id) => readEvents(readAt(id)),
    open: (prefix) => (isRecorded(prefix) ? readRecorded(join(recorded, prefix), prefix) : openRun(folder, prefix)),
    series: (id) => readSeries(readAt(id)),
    spans: (id) => readTraces(readAt(id)),
    logLines: (id) => readLogs(readAt(id)),
    report(id) {
      const at = readAt(id);
      const file = join(at, FILES.report);
      // A recorded run comes without one: it is made by the code of today.
      if (!existsSync(file) && isRecorded(id)) writeWhole(file, reportHtml({ ...readRecorded(at, id), events: readEvents(at) }));
      if (existsSync(file)) return file;
      throw new BadRun(`Run ${id} has no report.`, 'it did not end, or is of a kind that has none', `./lab show ${id}`, 'E_NO_REPORT');
    },
    confirm(id, confirmation) {
      const run = readRun(changedAt(id), id);
      writeWhole(join(run.folder, FILES.confirmation), JSON.stringify(confirmation, null, 2));
      writeWhole(join(run.folder, FILES.report), renderReport({ ...run, confirmation, events: readEvents(run.folder) }));
    },
    labelOf: (id) => readLabel(readAt(id)),
    label(id, { name, note, starred }) {
      const label = { name: cleanText(name).replaceAll(/\s+/g, ' ').trim(), note: cleanText(note).trim(), starred };
      writeWhole(join(changedAt(id), FILES.label), JSON.stringify({ schema: 1, ...label }, null, 2));
      return label;
    },
    remove(id) {
      const at = changedAt(id);
      // Renamed first: a list never shows half of it, and `./lab prune` removes what a kill left.
      const leaving = join(folder, `.removed-${id}`);
      renameSync(at, leaving);
      rmSync(leaving, { recursive: true, force: true });
    },
  };
}

/** Names of the run folders; what begins with a dot is an import that still goes on. */
function idsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
}

function listRuns(folder: string, known: ReadonlyMap<string, ListedRun> = new Map()): ListedRun[] {
  return idsIn(folder)
    .map((id): ListedRun => {
      const at = join(folder, id);
      const before = known.get(id);
      if (before?.kind === 'run') return { ...before, label: labelIn(at) };
      try {
        const manifest = readManifest(at);
        const searched = existsSync(join(at, FILES.search));
        return { kind: 'run', id, manifest, verdict: readVerdict(at), outcome: readOutcome(at, manifest), searched, label: labelIn(at) };
      } catch (error) {
        return { kind: 'damaged', id, reason: (error as BadRun).why ?? String(error) };
      }
    })
    .sort((a, b) => startOf(b) - startOf(a) || (a.id < b.id ? -1 : 1));
}

/** A label that cannot be read hides no run: it is as if there were none, and the next one takes its place. */
function labelIn(folder: string): RunLabel {
  try {
    return readLabel(folder);
  } catch {
    return NO_LABEL;
  }
}

/** A run that says it began after it was brought here is as new as its import. */
function startOf(run: ListedRun): number {
  if (run.kind !== 'run') return 0;
  const { startedAt, imported } = run.manifest;
  return Math.min(Date.parse(startedAt), imported?.atMs ?? Infinity);
}

function openRun(folder: string, prefix: string): OpenedRun {
  const ids = idsIn(folder);
  const matches =
    prefix === 'latest'
      ? listRuns(folder)
          .filter((run) => run.kind === 'run')
          .slice(0, 1)
          .map((run) => run.id)
      : ids.filter((id) => prefix !== '' && id.startsWith(prefix));
  const id = matches.includes(prefix) ? prefix : matches[0];
  if (id === undefined) throw unknownRun(prefix, ids);
  if (matches.length > 1 && id !== prefix)
    throw new BadRun(`Several runs begin with ${prefix}.`, matches.join(', '), './lab runs', 'E_AMBIGUOUS_RUN');
  return readRun(join(folder, id), id);
}

function folderOf(folder: string, id: string): string {
  const ids = idsIn(folder);
  if (!ids.includes(id)) throw unknownRun(id, ids);
  return join(folder, id);
}

function unknownRun(id: string, ids: readonly string[]): BadRun {
  return new BadRun(
    `Unknown run ${id}.`,
    ids.length === 0 ? 'there are no runs yet' : `none of the ${ids.length} stored runs begins with this`,
    ids.length === 0 ? './lab stages' : './lab runs',
    'E_UNKNOWN_RUN',
  );
}

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromStored, type Confirmation, type RunData, type SearchOutcome, type StoredRunData, type Verdict } from '@loadstair/analysis';
import type { ExperimentOutcome } from '@loadstair/experiments';
import { z } from 'zod';
import { BadRun } from './errors.ts';
import type { RunEvent } from './events.ts';
import { parseForeign } from './foreign/clean-text.ts';
import { EVENT } from './foreign/event-schema.ts';
import { MOST_BYTES, MOST_LOG_BYTES, readBounded, readLines } from './foreign/read-bounded.ts';
import { RUN_DATA } from './foreign/run-data-schema.ts';
import { CONFIRMATION, OUTCOME, SEARCH, VERDICT } from './foreign/verdict-schema.ts';
import { MANIFEST, STORED_MANIFEST, type Manifest } from './manifest.ts';
import { manifestAsNow } from './old-topology.ts';
import { NO_LABEL, STORED_LABEL, type RunLabel } from './run-label.ts';
import { KEPT_SERIES, type KeptSeries } from './series.ts';
import { readLogLines, type LogLine } from './signals/log-lines.ts';
import type { Span } from './signals/span-tree.ts';
import { readSpans } from './signals/spans.ts';

/** What a run's folder holds. */
export const FILES = {
  manifest: 'manifest.json',
  runData: 'run-data.json',
  verdict: 'verdict.json',
  search: 'capacity.json',
  confirmation: 'confirmation.json',
  events: 'events.ndjson',
  traces: 'traces.ndjson',
  samples: 'samples.ndjson',
  series: 'series.json',
  report: 'report.html',
  experiment: 'experiment.json',
  label: 'label.json',
} as const;

export interface OpenedRun {
  readonly id: string;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly runData: RunData;
  readonly verdict: Verdict;
  /** What a capacity search found; null for other runs. */
  readonly search: SearchOutcome | null;
  readonly confirmation: Confirmation | null;
  /** Of an experiment; null for a plain run. */
  readonly outcome: ExperimentOutcome | null;
}

/** Reads a whole run folder, checked. Throws BadRun that says which file is wrong. */
export function readRun(folder: string, id: string): OpenedRun {
  const manifest = readManifest(folder);
  return {
    id,
    folder,
    manifest,
    runData: fromStored(readChecked<StoredRunData>(folder, FILES.runData, RUN_DATA)),
    verdict: readVerdict(folder),
    search: readIfThere<SearchOutcome>(folder, FILES.search, SEARCH),
    confirmation: readIfThere<Confirmation>(folder, FILES.confirmation, CONFIRMATION),
    outcome: readOutcome(folder, manifest),
  };
}

/** What the dashboards show of a run. Throws BadRun. */
export function readSeries(folder: string): KeptSeries {
  // The schema fills in what older runs have not.
  return KEPT_SERIES.parse(readChecked<unknown>(folder, FILES.series, KEPT_SERIES));
}

export function readVerdict(folder: string): Verdict {
  return readChecked<Verdict>(folder, FILES.verdict, VERDICT);
}

export function readOutcome(folder: string, { experiment }: Manifest): ExperimentOutcome | null {
  if (experiment === undefined) return null;
  return readChecked<{ outcome: ExperimentOutcome }>(folder, FILES.experiment, z.object({ outcome: OUTCOME })).outcome;
}

/** What a person wrote beside the run; nothing where nobody did. Throws BadRun. */
export function readLabel(folder: string): RunLabel {
  const stored = readIfThere<z.infer<typeof STORED_LABEL>>(folder, FILES.label, STORED_LABEL);
  if (stored === null) return NO_LABEL;
  const { name, note, starred } = stored;
  return { name, note, starred };
}

export function readManifest(folder: string): Manifest {
  const raw = readJson(folder, FILES.manifest) as { schema?: unknown } | null;
  if (typeof raw?.schema === 'number' && raw.schema > 1) {
    throw new BadRun(
      `${folder} was written by a newer version of the lab.`,
      `its schema is ${raw.schema}, this version reads 1`,
      'git pull',
      'E_NEWER_RUN',
    );
  }
  const stored = STORED_MANIFEST.parse(checked(folder, FILES.manifest, STORED_MANIFEST, raw));
  return MANIFEST.parse(checked(folder, FILES.manifest, MANIFEST, manifestAsNow(stored)));
}

/** What happened in it so far. A line that is no event, like one that a power loss tore, is left out. */
export function readEvents(folder: string): RunEvent[] {
  return linesOf(folder, FILES.events).flatMap((line) => {
    const event = eventIn(line);
    return event === null ? [] : [event];
  });
}

/** Number of the first line that is no event, from 1, but for a torn last one; null when all are. */
export function wrongEvent(folder: string): number | null {
  const lines = linesOf(folder, FILES.events);
  const wrong = lines.findIndex((line, index) => eventIn(line) === null && index < lines.length - 1);
  return wrong === -1 ? null : wrong + 1;
}

function eventIn(line: string): RunEvent | null {
  try {
    return EVENT.safeParse(parseForeign(line)).data ?? null;
  } catch {
    return null;
  }
}

/** Spans of its traced requests, those so far of a run that goes on. */
export function readTraces(folder: string): Span[] {
  return readSpans(linesOf(folder, FILES.traces));
}

/** Warnings and errors of its hosts, in order. */
export function readLogs(folder: string): LogLine[] {
  const logs = join(folder, 'logs');
  if (!existsSync(logs)) return [];
  return readdirSync(logs)
    .filter((name) => LOG_NAME.test(name))
    .flatMap((name) => readLogLines(readLines(join(logs, name), MOST_LOG_BYTES)))
    .sort((a, b) => a.atMs - b.atMs);
}

/** Name of the file with a host's log. */
export const LOG_NAME = /^[a-z][a-z0-9-]{0,40}\.ndjson$/;

function linesOf(folder: string, name: typeof FILES.events | typeof FILES.traces): readonly string[] {
  return readLines(join(folder, name), MOST_BYTES[name]);
}

function readIfThere<Value>(folder: string, name: JsonFile, schema: z.ZodType): Value | null {
  return existsSync(join(folder, name)) ? readChecked<Value>(folder, name, schema) : null;
}

/** As it was written, what the schema does not know included. Throws BadRun. */
function readChecked<Value>(folder: string, name: JsonFile, schema: z.ZodType): Value {
  return checked(folder, name, schema, readJson(folder, name)) as Value;
}

function checked(folder: string, name: JsonFile, schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return value;
  const issue = parsed.error.issues[0];
  throw damaged(folder, name, issue === undefined ? 'it has an unexpected structure' : `${issue.path.join('.')}: ${issue.message}`);
}

/** Files that hold one JSON value. */
type JsonFile = Exclude<keyof typeof MOST_BYTES, `${string}.ndjson`>;

function readJson(folder: string, name: JsonFile): unknown {
  const file = join(folder, name);
  if (!existsSync(file)) {
    if (!existsSync(join(folder, FILES.manifest)))
      throw new BadRun(`${folder} is not a run.`, `it has no ${FILES.manifest}`, './lab runs', 'E_NOT_A_RUN');
    throw damaged(folder, name, 'it is missing, because the run did not end or the folder was changed');
  }
  try {
    return parseForeign(readBounded(file, MOST_BYTES[name]));
  } catch (error) {
    throw damaged(folder, name, (error as Error).message);
  }
}

export function damaged(folder: string, name: string, reason: string): BadRun {
  return new BadRun(
    `The run in ${folder} is damaged.`,
    `${name}: ${reason}`,
    './lab prune removes it; or import the run again',
    'E_DAMAGED_RUN',
  );
}

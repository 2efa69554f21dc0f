import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Confirmation, ExperimentOutcome, RunData, SearchOutcome, Verdict } from '@loadstair/analysis';
import { BadRun } from './errors.ts';
import type { RunEvent } from './events.ts';
import { MANIFEST, type Manifest } from './manifest.ts';
import { KEPT_SERIES, type KeptSeries } from './series.ts';
import { readLogLines, type LogLine } from './signals/log-lines.ts';
import { readSpans, type Span } from './signals/spans.ts';

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
  const runData = readJson(folder, FILES.runData) as Partial<RunData> | null;
  if (runData?.schema !== 1 || !Array.isArray(runData.steps)) throw damaged(folder, FILES.runData, 'it holds no run data of schema 1');
  return {
    id,
    folder,
    manifest,
    runData: runData as RunData,
    verdict: readVerdict(folder),
    search: readIfThere(folder, FILES.search) as SearchOutcome | null,
    confirmation: readIfThere(folder, FILES.confirmation) as Confirmation | null,
    outcome: readOutcome(folder, manifest),
  };
}

/** What the dashboards show of a run. Throws BadRun. */
export function readSeries(folder: string): KeptSeries {
  const parsed = KEPT_SERIES.safeParse(readJson(folder, FILES.series));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw damaged(folder, FILES.series, issue === undefined ? 'it holds no series' : `${issue.path.join('.')}: ${issue.message}`);
}

export function readVerdict(folder: string): Verdict {
  const verdict = readJson(folder, FILES.verdict) as Partial<Verdict> | null;
  if (typeof verdict?.kind !== 'string') throw damaged(folder, FILES.verdict, 'it holds no verdict');
  return verdict as Verdict;
}

export function readOutcome(folder: string, { experiment }: Manifest): ExperimentOutcome | null {
  if (experiment === undefined) return null;
  const kept = readJson(folder, FILES.experiment) as { outcome?: Partial<ExperimentOutcome> } | null;
  if (kept?.outcome?.schema !== 1 || !Array.isArray(kept.outcome.results))
    throw damaged(folder, FILES.experiment, 'it holds no outcome of schema 1');
  return kept.outcome as ExperimentOutcome;
}

export function readManifest(folder: string): Manifest {
  const raw = readJson(folder, FILES.manifest) as { schema?: unknown } | null;
  if (typeof raw?.schema === 'number' && raw.schema > 1) {
    throw new BadRun(`${folder} was made by a newer lab.`, `its schema is ${raw.schema}, this lab knows 1`, 'git pull', 'E_NEWER_RUN');
  }
  const parsed = MANIFEST.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw damaged(folder, FILES.manifest, issue === undefined ? 'it is not a manifest' : `${issue.path.join('.')}: ${issue.message}`);
}

/** What happened in it so far. */
export function readEvents(folder: string): RunEvent[] {
  return readFileSync(join(folder, FILES.events), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RunEvent);
}

/** Spans of its traced requests, those so far of a run that goes on. */
export function readTraces(folder: string): Span[] {
  return readSpans(textOf(join(folder, FILES.traces)));
}

/** Warnings and errors of its hosts, in order. */
export function readLogs(folder: string): LogLine[] {
  const logs = join(folder, 'logs');
  if (!existsSync(logs)) return [];
  return readdirSync(logs)
    .flatMap((name) => readLogLines(textOf(join(logs, name))))
    .sort((a, b) => a.atMs - b.atMs);
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function readIfThere(folder: string, name: string): unknown {
  return existsSync(join(folder, name)) ? readJson(folder, name) : null;
}

function readJson(folder: string, name: string): unknown {
  const file = join(folder, name);
  if (!existsSync(file)) {
    if (!existsSync(join(folder, FILES.manifest)))
      throw new BadRun(`${folder} is not a run.`, `it has no ${FILES.manifest}`, './lab runs', 'E_NOT_A_RUN');
    throw damaged(folder, name, 'it is missing: the run did not end, or the folder was changed');
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw damaged(folder, name, (error as Error).message);
  }
}

function damaged(folder: string, name: string, reason: string): BadRun {
  return new BadRun(
    `The run in ${folder} is damaged.`,
    `${name}: ${reason}`,
    'remove the folder, or import the run again',
    'E_DAMAGED_RUN',
  );
}

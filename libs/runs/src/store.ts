import { randomInt } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Confirmation, ExperimentOutcome, Observed, RunData, SearchOutcome, Verdict } from '@loadstair/analysis';
import { BadRun, DiskRefused } from './errors.ts';
import type { RunEvent } from './events.ts';
import { MANIFEST, type Manifest } from './manifest.ts';
import { renderReport } from './report/report.ts';
import { KEPT_SERIES, type KeptSeries } from './series.ts';
import { readLogLines, type LogLine } from './signals/log-lines.ts';
import { readSpans, type Span } from './signals/spans.ts';
import { writeWhole } from './write-whole.ts';

/** All runs of a lab: one folder each under `.lab/runs`. */
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
  /** Keeps what short runs proved of a run, and writes its report again with it. */
  confirm(id: string, confirmation: Confirmation): void;
}

/** Collects one run. Files are written whole or not at all; events, samples and spans are appended as they come. */
export interface RunWriter {
  readonly id: string;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly events: readonly RunEvent[];
  appendEvent(event: RunEvent): void;
  appendTrace(exported: unknown): void;
  writeSamples(
    samples: { readonly readings: readonly { readonly atMs: number }[]; readonly soft: readonly { readonly atMs: number }[] },
    fromMs: number,
  ): void;
  writeRunData(run: RunData): void;
  writeVerdict(verdict: Verdict): void;
  writeSearch(search: SearchOutcome): void;
  writeSeries(series: KeptSeries): void;
  /** What an experiment came to, and all it was judged by. */
  writeExperiment(experiment: { readonly outcome: ExperimentOutcome; readonly observed: Observed }): void;
  /** Lines of a host's log that are warnings or errors. */
  copyLogs(logs: readonly { readonly host: string; readonly file: string }[]): void;
  /** @returns path of the report */
  writeReport(html: string): string;
  /** The run is whole: it shows in lists. */
  finish(): Promise<void>;
  /** Nothing was measured: the folder goes. */
  abandon(): Promise<void>;
}

export type ListedRun =
  | {
      readonly kind: 'run';
      readonly id: string;
      readonly manifest: Manifest;
      readonly verdict: Verdict;
      readonly outcome: ExperimentOutcome | null;
    }
  | { readonly kind: 'damaged'; readonly id: string; readonly reason: string };

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

const FILES = {
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
/** Crockford's letters without vowels: short, easy to read aloud, no words. */
const LETTERS = '0123456789bcdfghjkmnpqrstvwxyz';
const ID_LENGTH = 4;

export function createStore(labFolder: string): RunStore {
  const folder = join(labFolder, 'runs');
  return {
    folder,
    create(manifest) {
      mkdirSync(folder, { recursive: true });
      for (;;) {
        const id = Array.from({ length: ID_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
        try {
          // Not recursive: fails when somebody has the id.
          mkdirSync(join(folder, id));
          return writer(join(folder, id), { ...manifest, run: id });
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
      }
    },
    list: (known) => listRuns(folder, known),
    manifest: (id) => readManifest(folderOf(folder, id)),
    events: (id) => readEvents(folderOf(folder, id)),
    open: (prefix) => openRun(folder, prefix),
    series: (id) => readSeries(folderOf(folder, id)),
    spans: (id) => readSpans(textOf(join(folderOf(folder, id), FILES.traces))),
    logLines(id) {
      const logs = join(folderOf(folder, id), 'logs');
      if (!existsSync(logs)) return [];
      return readdirSync(logs)
        .flatMap((name) => readLogLines(textOf(join(logs, name))))
        .sort((a, b) => a.atMs - b.atMs);
    },
    confirm(id, confirmation) {
      const run = openRun(folder, id);
      writeWhole(join(run.folder, FILES.confirmation), JSON.stringify(confirmation, null, 2));
      writeWhole(join(run.folder, FILES.report), renderReport({ ...run, confirmation, events: readEvents(run.folder) }));
    },
  };
}

function writer(folder: string, manifest: Manifest): RunWriter {
  const events: RunEvent[] = [];
  const at = (name: string): string => join(folder, name);
  writeWhole(at(FILES.manifest), JSON.stringify(manifest, null, 2));
  return {
    id: manifest.run,
    folder,
    manifest,
    events,
    appendEvent(event) {
      events.push(event);
      append(at(FILES.events), event);
    },
    appendTrace: (exported) => append(at(FILES.traces), exported),
    writeSamples(samples, fromMs) {
      const lines = [...samples.readings, ...samples.soft].filter((one) => one.atMs >= fromMs).map((one) => JSON.stringify(one));
      writeWhole(at(FILES.samples), `${lines.join('\n')}\n`);
    },
    writeRunData: (run) => writeWhole(at(FILES.runData), JSON.stringify(run)),
    writeVerdict: (verdict) => writeWhole(at(FILES.verdict), JSON.stringify(verdict, null, 2)),
    writeSearch: (search) => writeWhole(at(FILES.search), JSON.stringify(search, null, 2)),
    writeSeries: (series) => writeWhole(at(FILES.series), JSON.stringify(series)),
    writeExperiment: (experiment) => writeWhole(at(FILES.experiment), JSON.stringify(experiment)),
    copyLogs(logs) {
      mkdirSync(at('logs'), { recursive: true });
      for (const { host, file } of logs) {
        if (existsSync(file)) writeWhole(join(at('logs'), `${host}.ndjson`), errorLines(readFileSync(file, 'utf8')));
      }
    },
    writeReport(html) {
      writeWhole(at(FILES.report), html);
      return at(FILES.report);
    },
    async finish() {
      // What only the generator needed; its rows are in the histograms.
      rmSync(at('load'), { recursive: true, force: true });
    },
    async abandon() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Pino level 40 and above, and lines of programs that do not write JSON and speak of an error. */
function errorLines(text: string): string {
  return text
    .split('\n')
    .filter((line) => /"level":[456]0/.test(line) || (/"msg":/.test(line) && /error|fatal|panic/i.test(line)))
    .map((line) => `${line}\n`)
    .join('');
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
      const before = known.get(id);
      if (before?.kind === 'run') return before;
      try {
        const at = join(folder, id);
        const manifest = readManifest(at);
        return { kind: 'run', id, manifest, verdict: readVerdict(at), outcome: readOutcome(at, manifest) };
      } catch (error) {
        return { kind: 'damaged', id, reason: (error as BadRun).why ?? String(error) };
      }
    })
    .sort((a, b) => (startOf(b) < startOf(a) ? -1 : 1));
}

function startOf(run: ListedRun): string {
  return run.kind === 'run' ? run.manifest.startedAt : '';
}

function openRun(folder: string, prefix: string): OpenedRun {
  const ids = idsIn(folder);
  const matches =
    prefix === 'latest'
      ? listRuns(folder)
          .filter((run) => run.kind === 'run')
          .slice(0, 1)
          .map((run) => run.id)
      : ids.filter((id) => id.startsWith(prefix));
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
    ids.length === 0 ? 'there are no runs yet' : `there are ${ids.length} runs, none begins so`,
    ids.length === 0 ? './lab run 1' : './lab runs',
    'E_UNKNOWN_RUN',
  );
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function readEvents(folder: string): RunEvent[] {
  return readFileSync(join(folder, FILES.events), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RunEvent);
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

function readVerdict(folder: string): Verdict {
  const verdict = readJson(folder, FILES.verdict) as Partial<Verdict> | null;
  if (typeof verdict?.kind !== 'string') throw damaged(folder, FILES.verdict, 'it holds no verdict');
  return verdict as Verdict;
}

function readOutcome(folder: string, { experiment }: Manifest): ExperimentOutcome | null {
  if (experiment === undefined) return null;
  const kept = readJson(folder, FILES.experiment) as { outcome?: Partial<ExperimentOutcome> } | null;
  if (kept?.outcome?.schema !== 1 || !Array.isArray(kept.outcome.results))
    throw damaged(folder, FILES.experiment, 'it holds no outcome of schema 1');
  return kept.outcome as ExperimentOutcome;
}

function readManifest(folder: string): Manifest {
  const raw = readJson(folder, FILES.manifest) as { schema?: unknown } | null;
  if (typeof raw?.schema === 'number' && raw.schema > 1) {
    throw new BadRun(`${folder} was made by a newer lab.`, `its schema is ${raw.schema}, this lab knows 1`, 'git pull', 'E_NEWER_RUN');
  }
  const parsed = MANIFEST.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw damaged(folder, FILES.manifest, issue === undefined ? 'it is not a manifest' : `${issue.path.join('.')}: ${issue.message}`);
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

function append(file: string, value: unknown): void {
  try {
    appendFileSync(file, `${JSON.stringify(value)}\n`);
  } catch (error) {
    throw new DiskRefused(file, (error as Error).message);
  }
}

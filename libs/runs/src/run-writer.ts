import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunData, SearchOutcome, Verdict } from '@loadstair/analysis';
import type { ExperimentOutcome, Observed } from '@loadstair/experiments';
import { DiskRefused, writeWhole } from '@loadstair/kit/node';
import type { RunEvent } from './events.ts';
import type { Manifest } from './manifest.ts';
import { FILES } from './run-folder.ts';
import type { KeptSeries } from './series.ts';

/** Collects one run. Files are written whole or not at all; events, samples and spans are appended as they come. */
export interface RunWriter {
  readonly id: string;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly events: readonly RunEvent[];
  /** Versions of the programs it uses, by name; they are known once the programs were looked for. */
  keepVersions(versions: Readonly<Record<string, string>>): void;
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
  /** Lines of a host's log since a moment, epoch ms, that are warnings or errors. */
  copyLogs(logs: readonly { readonly host: string; readonly file: string }[], fromMs: number): void;
  /** Lines of a log that is kept under this name, one JSON object each. */
  appendLog(name: string, lines: readonly string[]): void;
  /** @returns path of the report */
  writeReport(html: string): string;
  /** The run is whole: it shows in lists. */
  finish(): Promise<void>;
  /** Nothing was measured: the folder goes. */
  abandon(): Promise<void>;
}

/** Characters of spans that one run keeps at most. */
const MOST_TRACES = 32 * 2 ** 20;

/** A new run in its folder, which is there and empty. */
export function runWriter(folder: string, begun: Manifest): RunWriter {
  let manifest = begun;
  const events: RunEvent[] = [];
  let traceLength = 0;
  const at = (name: string): string => join(folder, name);
  writeWhole(at(FILES.manifest), JSON.stringify(manifest, null, 2));
  return {
    id: manifest.run,
    folder,
    get manifest() {
      return manifest;
    },
    events,
    keepVersions(versions) {
      manifest = { ...manifest, versions: { ...manifest.versions, ...versions } };
      writeWhole(at(FILES.manifest), JSON.stringify(manifest, null, 2));
    },
    appendEvent(event) {
      events.push(event);
      append(at(FILES.events), JSON.stringify(event));
    },
    appendTrace(exported) {
      // More than any run makes: a service that goes wrong must not fill the disk.
      if (traceLength < MOST_TRACES) traceLength += append(at(FILES.traces), JSON.stringify(exported));
    },
    writeSamples(samples, fromMs) {
      const lines = [...samples.readings, ...samples.soft].filter((one) => one.atMs >= fromMs).map((one) => JSON.stringify(one));
      writeWhole(at(FILES.samples), `${lines.join('\n')}\n`);
    },
    writeRunData: (run) => writeWhole(at(FILES.runData), JSON.stringify(run)),
    writeVerdict: (verdict) => writeWhole(at(FILES.verdict), JSON.stringify(verdict, null, 2)),
    writeSearch: (search) => writeWhole(at(FILES.search), JSON.stringify(search, null, 2)),
    writeSeries: (series) => writeWhole(at(FILES.series), JSON.stringify(series)),
    writeExperiment: (experiment) => writeWhole(at(FILES.experiment), JSON.stringify(experiment)),
    copyLogs(logs, fromMs) {
      mkdirSync(at('logs'), { recursive: true });
      for (const { host, file } of logs) {
        if (existsSync(file)) writeWhole(join(at('logs'), `${host}.ndjson`), errorLines(readFileSync(file, 'utf8'), fromMs));
      }
    },
    appendLog(name, lines) {
      if (lines.length === 0) return;
      mkdirSync(at('logs'), { recursive: true });
      append(join(at('logs'), `${name}.ndjson`), lines.join('\n'));
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

/** Pino level 40 and above, and lines that have no level and speak of an error. A site that was up before has lines of earlier runs. */
function errorLines(text: string, fromMs: number): string {
  return text
    .split('\n')
    .filter((line) => (/"level":/.test(line) ? /"level":[456]0/.test(line) : /"msg":/.test(line) && /error|fatal|panic/i.test(line)))
    .filter((line) => Number(/"time":(\d+)/.exec(line)?.[1] ?? Infinity) >= fromMs)
    .map((line) => `${line}\n`)
    .join('');
}

/** @returns how many characters were written */
function append(file: string, text: string): number {
  const line = `${text}\n`;
  try {
    appendFileSync(file, line);
    return line.length;
  } catch (error) {
    throw new DiskRefused(file, (error as Error).message);
  }
}

import { reasonText, type FailedRequests, type RunData } from '@loadstair/analysis';
import type { LogLine } from '@loadstair/runs';
import { wrap } from './wrap.ts';

/** Reasons that are shown, and log lines of one request. */
const SHOWN = { reasons: 3, lines: 3 } as const;
/** As a verdict's rows: a label, then text below text. */
const INDENT = 11;
/** Digits of a trace id that tell it from all others of a run. */
const TRACE_DIGITS = 12;

/**
 * An example of each of the most frequent reasons of the step in which most requests failed: what the client saw, what hosts logged of
 * that request, and where its lines are shown. Nothing where nothing failed.
 *
 * @param lines warnings and errors of the run
 * @param logsPage page that shows the lines of the run; null where none is served any more
 */
export function failureExamples(
  run: Pick<RunData, 'steps'>,
  lines: readonly LogLine[],
  logsPage: string | null,
  columns: number,
): string[] {
  const worst = run.steps.toSorted((a, b) => b.load.failed - a.load.failed)[0];
  const examples = (worst?.load.failures ?? []).slice(0, SHOWN.reasons).flatMap((failed) => exampleOf(failed, lines) ?? []);
  return examples.flatMap(({ words, trace, logged }, index) => [
    ...wrap(`${(index === 0 ? '  example' : '').padEnd(INDENT)}${words}`, columns, INDENT),
    ...logged.flatMap(({ host, component, text }) => wrap(`${' '.repeat(INDENT)}${host} ${component}: ${text}`, columns, INDENT + 2)),
    // An address in two pieces could not be opened.
    `${' '.repeat(INDENT)}${logsPage === null ? 'trace ' : `${logsPage}?trace=`}${trace.slice(0, TRACE_DIGITS)}`,
  ]);
}

interface Example {
  readonly words: string;
  readonly trace: string;
  readonly logged: readonly LogLine[];
}

/** The example that hosts logged most of: lines of the client itself only repeat the reason. */
function exampleOf(failed: FailedRequests, lines: readonly LogLine[]): Example | null {
  const found = (failed.examples ?? []).map(({ trace, request }) => ({
    words: `${request ?? 'a request'} failed: ${reasonText(failed)}`,
    trace,
    logged: lines.filter((line) => line.trace === trace && line.fields['reason'] !== failed.kind).slice(0, SHOWN.lines),
  }));
  return found.toSorted((a, b) => b.logged.length - a.logged.length)[0] ?? null;
}

/** What `--json` prints of failed requests: each step that had some, with their reasons and the traces of examples. */
export function failuresJson(run: Pick<RunData, 'steps'>): Record<string, unknown>[] {
  return run.steps
    .filter(({ load }) => load.failed > 0)
    .map(({ index, kind, offered, load: { requests, failed, failures = [] } }) => ({
      step: index,
      kind,
      offered,
      requests,
      failed,
      failures,
    }));
}

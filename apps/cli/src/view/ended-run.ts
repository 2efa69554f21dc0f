import type { Confirmation, Verdict } from '@loadstair/analysis';
import type { RunStore } from '@loadstair/runs';
import { failureExamples, failuresJson } from '@loadstair/terminal-view/failure-view';
import type { Io } from '@loadstair/terminal-view/io';
import { verdictBlock, verdictJson } from '@loadstair/terminal-view/verdict-view';
import { writeJson } from '../commands/answer.ts';

/** A run that came to its verdict. */
export interface EndedRun {
  readonly run: string;
  readonly stage: number;
  readonly profile: string;
  readonly verdict: Verdict;
  /** The verdict in words. */
  readonly lines: readonly string[];
  /** File with its report. */
  readonly report: string;
  /** What short runs proved of it just now. */
  readonly confirmed: Confirmation | null;
  /** Address of its page; null where nobody serves it. */
  readonly page: string | null;
}

/** The verdict on stdout: as a block for people, or as one line of JSON. */
export function showEnded(ended: EndedRun, json: boolean, store: Pick<RunStore, 'open' | 'logLines'>, io: Io): void {
  const { run, stage, profile, verdict, lines, report, confirmed, page } = ended;
  const { runData } = store.open(run);
  if (json) {
    writeJson(io, {
      run,
      stage,
      profile,
      verdict: verdictJson(verdict),
      failures: failuresJson(runData),
      ...(confirmed === null ? {} : { confirmation: confirmed }),
      report,
    });
    return;
  }
  io.out.write(verdictBlock(verdict, lines, io.out));
  const logsPage = page === null ? null : `${page}/logs`;
  for (const line of failureExamples(runData, store.logLines(run), logsPage, io.out.columns)) io.out.write(`${line}\n`);
  io.out.write(`report   ${report}\n`);
}

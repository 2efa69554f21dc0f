import { countsFor, FULL_COUNTS, runCases, scoreSheet, type Judged } from '@loadstair/simulation';
import { NOT_MET } from '@loadstair/verify';
import type { Io } from '@loadstair/terminal-view/io';
import { scoreLines } from '@loadstair/terminal-view/score-view';

const SHOW_EVERY = 50;

/** Scores the engine on simulated runs whose limit is known. Gives the exit status. */
export function verifySimulated(
  io: Io,
  options: { readonly seed: number; readonly cases: number | undefined; readonly json: boolean },
): number {
  const counts = options.cases === undefined ? FULL_COUNTS : countsFor(options.cases);
  const judged: Judged[] = [];
  for (const progress of runCases(options.seed, counts)) {
    judged.push(progress.judged);
    if (progress.done % SHOW_EVERY === 0) io.err.write(`▸ ${progress.done} of ${progress.of} cases\n`);
  }
  const sheet = scoreSheet(judged);
  if (options.json) io.out.write(`${JSON.stringify({ schema: 1, seed: options.seed, counts, ...sheet })}\n`);
  else for (const line of scoreLines(sheet, { seed: options.seed, cases: judged.length }, io.out)) io.out.write(`${line}\n`);
  return sheet.bars.every((bar) => bar.met) ? 0 : NOT_MET;
}

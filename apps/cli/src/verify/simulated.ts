import { countsFor, FULL_COUNTS, headline, runCases, scoreSheet, type Judged } from '@loadstair/simulation';
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
  const open: Judged[] = [];
  const heldOut: Judged[] = [];
  for (const progress of runCases(options.seed, counts)) {
    (progress.heldOut ? heldOut : open).push(progress.judged);
    if (progress.done % SHOW_EVERY === 0) io.err.write(`▸ ${progress.done} of ${progress.of} cases\n`);
  }
  // Two thirds in detail, and one by its score alone: what is looked at while rules are made says too much of them.
  const sheets = { open: scoreSheet(open), heldOut: scoreSheet(heldOut), all: scoreSheet([...open, ...heldOut]) };
  if (options.json) {
    const parts = { open: sheets.open, heldOut: headline(sheets.heldOut), all: headline(sheets.all), bars: sheets.all.bars };
    io.out.write(`${JSON.stringify({ schema: 2, seed: options.seed, counts, ...parts })}\n`);
  } else for (const line of scoreLines(sheets, options.seed, io.out)) io.out.write(`${line}\n`);
  return sheets.all.bars.every((bar) => bar.met) ? 0 : NOT_MET;
}

import {
  countsFor,
  FULL_COUNTS,
  headline,
  runCases,
  runSearches,
  scoreSheet,
  searchSheet,
  type Judged,
  type StageSearches,
} from '@loadstair/simulation';
import { NOT_MET } from '@loadstair/verify';
import { writeJson } from '../commands/answer.ts';
import type { Io } from '@loadstair/terminal-view/io';
import { searchesLines } from '@loadstair/terminal-view/searches-view';
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
    writeJson(io, { schema: 2, seed: options.seed, counts, ...parts });
  } else for (const line of scoreLines(sheets, options.seed, io.out)) io.out.write(`${line}\n`);
  return sheets.all.bars.every((bar) => bar.met) ? 0 : NOT_MET;
}

/** Searches of each stage unless told. */
const SEARCHES = 102;

/** Repeats capacity searches of simulated sites, and looks whether each of them says how far it can be trusted. Gives the exit status. */
export function verifySearches(
  io: Io,
  options: { readonly seed: number; readonly cases: number | undefined; readonly trials: number; readonly json: boolean },
): number {
  const each = options.cases ?? SEARCHES;
  const searched: StageSearches[] = [];
  for (const stage of runSearches(options.seed, each, options.trials)) {
    searched.push(stage);
    io.err.write(`▸ ${each} searches of stage ${stage.stage}\n`);
  }
  const sheet = searchSheet(searched);
  if (options.json) writeJson(io, { seed: options.seed, each, ...sheet });
  else for (const line of searchesLines(sheet, { seed: options.seed, each }, io.out)) io.out.write(`${line}\n`);
  return sheet.bars.every((bar) => bar.met) ? 0 : NOT_MET;
}

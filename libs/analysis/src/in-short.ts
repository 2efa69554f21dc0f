import type { ExperimentOutcome } from './experiments/outcome.ts';
import { rate, resourceName } from './format.ts';
import type { Verdict } from './verdict.ts';

/** A verdict in a phrase, for lists. */
export function verdictInShort(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'named':
      return `${resourceName(verdict)} at ${rate(verdict.load)}/s`;
    case 'none-in-range':
      return `nothing ran out up to ${rate(verdict.highest)}/s`;
    case 'unexplained':
      return `unexplained at ${rate(verdict.load)}/s`;
    case 'refused':
      return `refused: ${verdict.codes.join(', ')}`;
  }
}

/** `kill-web: 6 of 6 expectations hold.`; one phrase for lists and headings. */
export function outcomeSentence({ experiment, kind, results, checks }: ExperimentOutcome): string {
  const held = results.filter((result) => result.holds === true).length;
  if (kind !== 'refused') return `${experiment}: ${held} of ${results.length} expectations hold.`;
  const why = checks.length > 0 ? checks.map((check) => check.code).join(', ') : 'something was not seen';
  return `${experiment}: this run cannot be judged (${why}).`;
}

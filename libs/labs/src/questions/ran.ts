import { rate, type Named } from '@loadstair/analysis';
import type { NotShown } from '../question.ts';
import type { RanExperiment, RanLoad, Seen } from '../seen.ts';

/** The load run of a step; an error of whoever wrote the lab when the step has none. */
export function loadOf({ ran }: Seen): RanLoad {
  if (ran?.kind === 'run') return ran;
  throw new TypeError('This question is about a run, and its step has none.');
}

export function experimentOf({ ran }: Seen): RanExperiment {
  if (ran?.kind === 'experiment') return ran;
  throw new TypeError('This question is about an experiment, and its step has none.');
}

/** The verdict when something was named; else why this run shows no limit. */
export function namedIn({ verdict }: RanLoad): Named | NotShown {
  switch (verdict.kind) {
    case 'named':
      return verdict;
    case 'none-in-range':
      return { notShown: nothingUpTo(verdict.highest) };
    case 'unexplained':
      return {
        notShown: `The site fell behind ${verdict.onset.lastPass === null ? 'below' : 'at'} ${rate(verdict.load)}/s, and nothing measured explains it.`,
      };
  }
}

export function nothingUpTo(highest: number): string {
  return `Nothing ran out up to ${rate(highest)}/s, the highest load that met the SLO.`;
}

import { rate } from '@loadstair/resources';
import { resourceName } from './format.ts';
import type { Verdict } from './verdict.ts';

/** A verdict in a phrase, for lists. */
export function verdictInShort(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'named':
      return `${resourceName(verdict)} ${verdict.onset.lastPass === null ? 'below' : 'at'} ${rate(verdict.load)}/s`;
    case 'none-in-range':
      return `nothing ran out up to ${rate(verdict.highest)}/s${verdict.beyond === undefined ? '' : `; beyond that, ${verdict.beyond.codes.join(', ')}`}`;
    case 'unexplained':
      return `unexplained ${verdict.onset.lastPass === null ? 'below' : 'at'} ${rate(verdict.load)}/s`;
    case 'refused':
      return `refused: ${verdict.codes.join(', ')}`;
  }
}

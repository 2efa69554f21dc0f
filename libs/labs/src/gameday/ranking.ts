import type { LabLog } from '../lablog.ts';
import { mendedAfterS, namedAfterS, type GameLog } from './game-log.ts';

/** One gameday of a class: everybody who typed its code. */
export interface GameRanking {
  readonly code: string;
  readonly stage: number;
  readonly level: number;
  /** Whether all had the same catalogue of broken sites; else the game was not the same for all. */
  readonly same: boolean;
  /** The quickest to name the cause first; of equals, the quickest to mend the site. */
  readonly rows: readonly GameRow[];
}

export interface GameRow {
  readonly id: string;
  readonly learner: string;
  /** s since load began; null where the cause was not named. */
  readonly namedAfterS: number | null;
  /** How often something was named, right and wrong. */
  readonly tries: number;
  readonly gaveUp: boolean;
  /** s since load began; null where the site was not mended. */
  readonly mendedAfterS: number | null;
}

/** Ranks learners by the time to name the cause, then by the time to mend the site. Of logs of one learner the newest must be given alone. */
export function rankGames(logs: readonly Pick<LabLog, 'id' | 'learner' | 'games'>[]): GameRanking[] {
  const games = new Map<string, { readonly log: GameLog; readonly row: GameRow }[]>();
  for (const { id, learner, games: played } of logs) {
    for (const log of played) {
      const key = JSON.stringify([log.code, log.stage, log.level]);
      games.set(key, [...(games.get(key) ?? []), { log, row: rowOf(id, learner, log) }]);
    }
  }
  return [...games.values()].flatMap((entries) => {
    const [first] = entries;
    if (first === undefined) return [];
    const { code, stage, level, version } = first.log;
    const rows = entries.map(({ row }) => row).toSorted(quickestFirst);
    return [{ code, stage, level, same: entries.every(({ log }) => log.version === version), rows }];
  });
}

function rowOf(id: string, learner: string, log: GameLog): GameRow {
  return {
    id,
    learner,
    namedAfterS: namedAfterS(log),
    tries: log.named.length,
    gaveUp: log.opened?.how === 'given-up',
    mendedAfterS: mendedAfterS(log),
  };
}

function quickestFirst(a: GameRow, b: GameRow): number {
  return time(a.namedAfterS) - time(b.namedAfterS) || time(a.mendedAfterS) - time(b.mendedAfterS) || a.learner.localeCompare(b.learner);
}

/** Later than everybody else, and equal to others who have not done it. */
function time(seconds: number | null): number {
  return seconds ?? Number.MAX_SAFE_INTEGER;
}
